-- Recomputes kept quarter rates after fixings or settings changed; writes only what is different,
-- so that the derivation behind it touches exactly the quarters that a changed fixing reaches.
create or replace function fx.refresh_quarter_rates(
    p_currencies text[] default null,
    p_first_on date default '-infinity',
    p_last_on date default 'infinity'
)
returns bigint
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_changed bigint;
begin
    update fx.quarter_rate as q
    set
        fixing_count = d.fixing_count,
        average_rate = d.average_rate,
        closing_rate = d.closing_rate,
        closing_on = d.closing_on,
        flow_rate = d.flow_rate
    from (
        select
            array_agg(r.from_currency) as from_currencies,
            array_agg(r.quarter_end_on) as quarter_ends,
            array_agg(r.to_currency) as to_currencies
        from fx.quarter_rate as r
        where
            r.from_currency <> r.to_currency
            and r.quarter_start_on <= p_last_on
            and r.quarter_end_on >= p_first_on
            and (
                p_currencies is null
                or r.from_currency = any(p_currencies)
                or r.to_currency = any(p_currencies)
            )
    ) as w
    cross join lateral fx.derive_quarter_rates(
        w.from_currencies, w.quarter_ends, w.to_currencies
    ) as d
    where
        q.from_currency = d.from_currency
        and q.quarter_end_on = d.quarter_end_on
        and q.to_currency = d.to_currency
        and row(q.fixing_count, q.average_rate, q.closing_rate, q.closing_on, q.flow_rate)
        is distinct from
        row(d.fixing_count, d.average_rate, d.closing_rate, d.closing_on, d.flow_rate);

    get diagnostics v_changed = row_count;
    return v_changed;
end
$$;

comment on function fx.refresh_quarter_rates(text[], date, date) is
'Recomputes the kept quarter rates that fixings of p_currencies between the two days reach (all by '
'default); returns how many changed.';
