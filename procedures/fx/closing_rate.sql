-- The closing rate: the last cross rate on or before a day, at most 7 days old.
create or replace function fx.closing_rate(
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
                    and x.rate_on between p_on - 7 and p_on
                order by x.rate_on desc
                limit 1
            )
        end
$$;

comment on function fx.closing_rate(text, text, date) is
'Units of p_to_currency per 1 p_from_currency: the last fixing on or before p_on, at most 7 days '
'old; null when there is none.';
grant execute on function fx.closing_rate(text, text, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
