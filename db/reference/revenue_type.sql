-- Kinds of revenue a portfolio company mainly earns.
-- Only missing rows are added: the rows are the users' own, who may reword them and add more.
insert into company.revenue_type (revenue_type, description)
values
('Advertising', 'Paid for reach: advertisements and sponsored placement.'),
('Hardware', 'Devices sold once, also with software inside.'),
('Licence', 'Licences to software, patents or content for a term or for good.'),
('Mixed', 'Several of these, none of which is most of the revenue.'),
('Product sales', 'Goods other than devices, sold once: consumer goods, fuel, food.'),
('Recurring', 'Subscriptions and contracts that renew until cancelled.'),
('Services', 'Projects, consulting and support paid by time or result.'),
('Transactional', 'A fee or a share of each transaction, order or payment.'),
('Usage-based', 'Metered use under a running contract, without a fixed fee.')
on conflict (revenue_type) do nothing;
