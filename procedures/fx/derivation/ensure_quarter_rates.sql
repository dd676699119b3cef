-- Adds the rates of quarters that have come into use: of each currency to itself, to the company's
-- own (a valuation may be in another one) and to every presentation currency. Sorted by key, so
-- that two sessions cannot wait for each other.
create or replace function fx.ensure_quarter_rates(
    p_from_currencies text[],
    p_quarter_ends date[],
    p_own_currencies text[]
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_from_currencies text[];
    v_quarter_ends date[];
    v_to_currencies text[];
begin
    select
        array_agg(w.from_currency),
        array_agg(w.quarter_end_on),
        array_agg(w.to_currency)
    into v_from_currencies, v_quarter_ends, v_to_currencies
    from (
        select distinct
            u.from_currency,
            u.quarter_end_on,
            t.to_currency
        from unnest(p_from_currencies, p_quarter_ends, p_own_currencies) as u (
            from_currency, quarter_end_on, own_currency
        )
        cross join lateral (
            select c.currency as to_currency
            from fx.presentation_currency as c
            union all
            values (u.from_currency), (u.own_currency)
        ) as t
        except
        select
            r.from_currency,
            r.quarter_end_on,
            r.to_currency
        from fx.quarter_rate as r
        where
            r.from_currency = any(p_from_currencies)
            and r.quarter_end_on = any(p_quarter_ends)
    ) as w;
    if v_to_currencies is null then
        return;
    end if;

    insert into fx.quarter_rate as q (
        from_currency,
        quarter_end_on,
        to_currency,
        quarter_start_on,
        fixing_count,
        average_rate,
        closing_rate,
        closing_on,
        flow_rate
    )
    select
        d.from_currency,
        d.quarter_end_on,
        d.to_currency,
        d.quarter_start_on,
        d.fixing_count,
        d.average_rate,
        d.closing_rate,
        d.closing_on,
        d.flow_rate
    from fx.derive_quarter_rates(v_from_currencies, v_quarter_ends, v_to_currencies) as d
    order by d.from_currency, d.quarter_end_on, d.to_currency
    on conflict do nothing;
end
$$;

comment on function fx.ensure_quarter_rates(text[], date[], text[]) is
'Adds missing fx.quarter_rate rows for each triple of the three parallel arrays: currency of the '
'amounts, last day of the quarter, currency of the company.';
