-- The cross rate of one day, from that day's fixings only.
create or replace function fx.rate_on(
    p_from_currency text,
    p_to_currency text,
    p_on date
)
returns numeric
language sql
stable
security invoker
set search_path = ''
as $$
    select
        case
            when p_from_currency = p_to_currency then 1
            else (
                select x.rate
                from fx.cross_rate as x
                where
                    x.from_currency = p_from_currency
                    and x.to_currency = p_to_currency
                    and x.rate_on = p_on
            )
        end
$$;

comment on function fx.rate_on(text, text, date) is
'Units of p_to_currency per 1 p_from_currency by the fixings of day p_on; null on a day without '
'both (weekends, holidays): fx.closing_rate looks back.';
grant execute on function fx.rate_on(text, text, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
