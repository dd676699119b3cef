-- The number of the calendar quarter a fiscal quarter counts to: the one that holds its last day. A
-- day in the first 7 of a quarter counts to the quarter before: 52/53-week years end on 2 July.
create or replace function company.reporting_ordinal(
    p_fiscal_reporting_date date
)
returns integer
language sql
immutable
as $$
    select
        (
            extract(year from p_fiscal_reporting_date - 7) * 4
            + extract(quarter from p_fiscal_reporting_date - 7) - 1
        )::integer
$$;

comment on function company.reporting_ordinal(date) is
'Calendar quarter of a fiscal quarter that ends on the day, as year * 4 + quarter - 1.';
grant execute on function company.reporting_ordinal(date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
