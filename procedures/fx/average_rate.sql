-- The average rate of a company's quarter: the mean of its daily cross rates, at least 40 of them.
create or replace function fx.average_rate(
    p_from_currency text,
    p_to_currency text,
    p_quarter_end_on date
)
returns numeric
language sql
stable
security invoker
set search_path = ''
as $$
    select r.average_rate
    from fx.derive_quarter_rates(
        array[p_from_currency], array[p_quarter_end_on], array[p_to_currency]
    ) as r
$$;

comment on function fx.average_rate(text, text, date) is
'Units of p_to_currency per 1 p_from_currency: mean of the daily cross rates over the quarter that '
'ends on p_quarter_end_on (fx.quarter_start); null below 40 fixings.';
grant execute on function fx.average_rate(text, text, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
