-- finds: planted, [a-z_]+_date
-- finds: planted, quarter_label
-- finds: planted, quarter_sort
create view bi.planted as
select '2024:1'::text as planted_key, 2024 as calendar_year, 1 as calendar_quarter, 2 as amount;
comment on view bi.planted is 'One row per quarter: calendar_year, calendar_quarter.';
comment on column bi.planted.amount is 'Amount. [count; additive]';
