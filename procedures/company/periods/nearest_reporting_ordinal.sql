-- The number of the calendar quarter whose end is nearest: what a payload may name instead (a
-- fiscal quarter that ends on 31 January may be reported as Q4).
create or replace function company.nearest_reporting_ordinal(
    p_fiscal_reporting_date date
)
returns integer
language sql
immutable
as $$
    select
        (
            extract(year from p_fiscal_reporting_date) * 4
            + extract(quarter from p_fiscal_reporting_date) - 1
        )::integer
        - case
            when
                p_fiscal_reporting_date - (q.starts_on - 1)
                < (q.starts_on + interval '3 months')::date - 1 - p_fiscal_reporting_date
                then 1
            else 0
        end
    from (
        select date_trunc('quarter', p_fiscal_reporting_date::timestamp)::date as starts_on
    ) as q
$$;

comment on function company.nearest_reporting_ordinal(date) is
'Calendar quarter whose last day is nearest to the day, as year * 4 + quarter - 1.';
grant execute on function company.nearest_reporting_ordinal(date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
