-- The date table of BI tools: every day, none missing.
create or replace view bi.calendar
with (security_invoker = true)
as
select
    d.calendar_date,
    extract(year from d.calendar_date)::integer as calendar_year,
    extract(quarter from d.calendar_date)::integer as calendar_quarter,
    extract(month from d.calendar_date)::integer as calendar_month,
    to_char(d.calendar_date, 'FMMonth') as month_name,
    to_char(d.calendar_date, '"Q"Q YYYY') as quarter_label,
    to_char(d.calendar_date, 'YYYYQ')::integer as quarter_sort,
    date_trunc('quarter', d.calendar_date)::date as quarter_start_date,
    (date_trunc('quarter', d.calendar_date) + interval '3 months')::date - 1 as quarter_end_date,
    d.calendar_date = (date_trunc('month', d.calendar_date) + interval '1 month')::date - 1
        as is_month_end,
    d.calendar_date = (date_trunc('quarter', d.calendar_date) + interval '3 months')::date - 1
        as is_quarter_end,
    extract(isodow from d.calendar_date) > 5 as is_weekend,
    extract(year from d.calendar_date - interval '1 months')::integer + 1
        as fiscal_year_ending_january,
    ((extract(month from d.calendar_date)::integer + 10) % 12) / 3 + 1
        as fiscal_quarter_year_ending_january,
    extract(year from d.calendar_date - interval '3 months')::integer + 1
        as fiscal_year_ending_march,
    ((extract(month from d.calendar_date)::integer + 8) % 12) / 3 + 1
        as fiscal_quarter_year_ending_march,
    extract(year from d.calendar_date - interval '6 months')::integer + 1
        as fiscal_year_ending_june,
    ((extract(month from d.calendar_date)::integer + 5) % 12) / 3 + 1
        as fiscal_quarter_year_ending_june,
    extract(year from d.calendar_date - interval '9 months')::integer + 1
        as fiscal_year_ending_september,
    ((extract(month from d.calendar_date)::integer + 2) % 12) / 3 + 1
        as fiscal_quarter_year_ending_september
from (
    select generate_series(
        '1999-01-01'::timestamp,
        date_trunc('year', ops.today()::timestamp) + interval '2 years' - interval '1 day',
        '1 day'
    )::date as calendar_date
) as d;

comment on view bi.calendar is
'One row per day: calendar_date. From 1999, the first fixings, to the end of next year.';
comment on column bi.calendar.calendar_date is 'The day. [date; attribute]';
comment on column bi.calendar.calendar_year is 'Year. [number; attribute]';
comment on column bi.calendar.calendar_quarter is 'Quarter 1 to 4. [number; attribute]';
comment on column bi.calendar.calendar_month is 'Month 1 to 12. [number; attribute]';
comment on column bi.calendar.month_name is 'Name of the month, in English. [text; attribute]';
comment on column bi.calendar.quarter_label is
'Quarter for people, such as Q4 2025. [text; attribute]';
comment on column bi.calendar.quarter_sort is
'Quarter for sorting, such as 20254. [number; attribute]';
comment on column bi.calendar.quarter_start_date is 'First day of the quarter. [date; attribute]';
comment on column bi.calendar.quarter_end_date is 'Last day of the quarter. [date; attribute]';
comment on column bi.calendar.is_month_end is 'True on the last day of a month. [flag; attribute]';
comment on column bi.calendar.is_quarter_end is
'True on the last day of a quarter. [flag; attribute]';
comment on column bi.calendar.is_weekend is 'True on Saturdays and Sundays. [flag; attribute]';
comment on column bi.calendar.fiscal_year_ending_january is
'Fiscal year of a company whose year ends in January, by the year it ends in. [number; attribute]';
comment on column bi.calendar.fiscal_quarter_year_ending_january is
'Fiscal quarter of a company whose year ends in January. [number; attribute]';
comment on column bi.calendar.fiscal_year_ending_march is
'Fiscal year of a company whose year ends in March, by the year it ends in. [number; attribute]';
comment on column bi.calendar.fiscal_quarter_year_ending_march is
'Fiscal quarter of a company whose year ends in March. [number; attribute]';
comment on column bi.calendar.fiscal_year_ending_june is
'Fiscal year of a company whose year ends in June, by the year it ends in. [number; attribute]';
comment on column bi.calendar.fiscal_quarter_year_ending_june is
'Fiscal quarter of a company whose year ends in June. [number; attribute]';
comment on column bi.calendar.fiscal_year_ending_september is
'Fiscal year of a company whose year ends in September, by the year it ends in. [number; '
'attribute]';
comment on column bi.calendar.fiscal_quarter_year_ending_september is
'Fiscal quarter of a company whose year ends in September. [number; attribute]';
grant select on bi.calendar to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
