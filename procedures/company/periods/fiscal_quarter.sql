-- The company's own quarter, from the months that are left to its year end. A day in the first 7
-- of a month belongs to the month before (52/53-week years).
create or replace function company.fiscal_quarter(
    p_fiscal_reporting_date date,
    p_year_end_date date
)
returns integer
language sql
immutable
as $$
    select case when m.months_left % 3 = 0 then 4 - m.months_left / 3 end
    from (
        select
            (
                12
                + extract(
                    month from p_year_end_date
                    - case when extract(day from p_year_end_date) <= 7 then 7 else 0 end
                )::integer
                - extract(
                    month from p_fiscal_reporting_date
                    - case when extract(day from p_fiscal_reporting_date) <= 7 then 7 else 0 end
                )::integer
            ) % 12 as months_left
    ) as m
$$;

comment on function company.fiscal_quarter(date, date) is
'Fiscal quarter 1 to 4 that ends on a day, given any year end of the company; null when the day is '
'not a whole number of quarters before a year end, or one of them is null.';
grant execute on function company.fiscal_quarter(date, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
