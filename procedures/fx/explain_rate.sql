-- The fixings behind a cross rate: from which source, how many, from when to when. Both legs where
-- neither currency is the source's base. PL/pgSQL keeps its plan from call to call.
create or replace function fx.explain_rate(
    p_from_currency text,
    p_to_currency text,
    p_first_on date,
    p_last_on date
)
returns jsonb
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return (
        select
            coalesce(
                jsonb_agg(
                    jsonb_build_object(
                        'source', l.source_id,
                        'base_currency', l.base_currency,
                        'currency', l.currency,
                        'rate', trim_scale(l.rate),
                        'fixing_count', l.fixing_count,
                        'first_on', l.first_on,
                        'last_on', l.last_on
                    )
                    order by l.priority, l.currency <> p_from_currency
                ),
                '[]'
            )
        from (
            select
                x.source_id,
                s.base_currency,
                s.priority,
                r.currency,
                count(*) as fixing_count,
                case when count(*) = 1 then min(r.rate) else avg(r.rate) end as rate,
                min(r.rate_on) as first_on,
                max(r.rate_on) as last_on
            from fx.cross_rate as x
            inner join fx.source as s on x.source_id = s.source_id
            inner join fx.rate as r
                on
                    x.source_id = r.source_id
                    and x.rate_on = r.rate_on
                    and r.currency in (p_from_currency, p_to_currency)
            where
                x.from_currency = p_from_currency
                and x.to_currency = p_to_currency
                and x.rate_on between p_first_on and p_last_on
            group by x.source_id, s.base_currency, s.priority, r.currency
        ) as l
    );
end
$$;

comment on function fx.explain_rate(text, text, date, date) is
'The fixings of the days from p_first_on to p_last_on that make cross rates of the pair, as an '
'array with one object a source and leg: rate (mean of the fixings), fixing_count, first_on, '
'last_on.';
grant execute on function fx.explain_rate(text, text, date, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
