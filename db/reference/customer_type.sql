-- Kinds of customer a portfolio company sells to.
-- Only missing rows are added: the rows are the users' own, who may reword them and add more.
insert into company.customer_type (customer_type, description)
values
('B2B', 'Sells to businesses.'),
('B2B2C', 'Sells to businesses that pass the product on to their own consumers.'),
('B2C', 'Sells to consumers.'),
('B2G', 'Sells to governments and public bodies.'),
('D2C', 'Makes its own brand and sells it to consumers without a retailer.'),
('Marketplace', 'Brings buyers and sellers together and earns on what they trade.'),
('Mixed', 'Several of these, none of which is most of the revenue.')
on conflict (customer_type) do nothing;
