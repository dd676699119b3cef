-- The kept rates of quarters are what the fixings and settings say today.
create or replace view ops.check_quarter_rates_are_derived
with (security_invoker = true)
as
with kept as (
    select
        array_agg(r.from_currency) as from_currencies,
        array_agg(r.quarter_end_on) as quarter_ends,
        array_agg(r.to_currency) as to_currencies
    from fx.quarter_rate as r
)

select
    q.from_currency,
    q.quarter_end_on,
    q.to_currency,
    'different' as finding
from kept as k
left join lateral fx.derive_quarter_rates(
    k.from_currencies, k.quarter_ends, k.to_currencies
) as d on true
inner join fx.quarter_rate as q
    on
        d.from_currency = q.from_currency
        and d.quarter_end_on = q.quarter_end_on
        and d.to_currency = q.to_currency
where
    row(
        q.quarter_start_on, q.fixing_count, q.average_rate, q.closing_rate, q.closing_on,
        q.flow_rate
    )
    is distinct from
    row(
        d.quarter_start_on, d.fixing_count, d.average_rate, d.closing_rate, d.closing_on,
        d.flow_rate
    );

comment on view ops.check_quarter_rates_are_derived is
'One row per kept quarter rate that the fixings do not give. Cure: fx.refresh_quarter_rates().';
