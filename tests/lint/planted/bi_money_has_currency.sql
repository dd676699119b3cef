-- finds: planted.amount, no currency column
-- finds: planted_too.amount, currency is not in the grain
-- finds: company.equity_raised, comment
create view bi.planted as select 1::numeric(24, 2) as amount;
comment on column bi.planted.amount is 'Amount, in its currency. [money; additive]';
create view bi.planted_too as
select 'EUR'::text as currency, 2024 as calendar_quarter, 1::numeric(24, 2) as amount;
comment on view bi.planted_too is 'One row per quarter: calendar_quarter.';
comment on column bi.planted_too.amount is 'Amount, in currency. [money; additive]';
comment on column bi.company.equity_raised is 'Raised. [money; semi-additive]';
