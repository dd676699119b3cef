-- Every reported quarter has the rates it is derived with: of its currency and of its valuation's,
-- each to itself, to the company's own and to every presentation currency. (Where there are no
-- fixings the kept rate is null, but it is there.)
create or replace view ops.check_quarter_rates_are_complete
with (security_invoker = true)
as
with used as (
    select
        q.currency as from_currency,
        q.fiscal_reporting_date as quarter_end_on,
        q.currency as own_currency
    from company.valued_quarter as q
    union
    select
        q.valuation_currency,
        q.fiscal_reporting_date,
        q.currency
    from company.valued_quarter as q
    where q.valuation_currency is not null
),

needed as (
    select
        u.from_currency,
        u.quarter_end_on,
        c.currency as to_currency
    from used as u
    cross join fx.presentation_currency as c
    union
    select
        u.from_currency,
        u.quarter_end_on,
        u.from_currency
    from used as u
    union
    select
        u.from_currency,
        u.quarter_end_on,
        u.own_currency
    from used as u
)

select
    n.from_currency,
    n.quarter_end_on,
    n.to_currency,
    'missing' as finding
from needed as n
left join fx.quarter_rate as r
    on
        n.from_currency = r.from_currency
        and n.quarter_end_on = r.quarter_end_on
        and n.to_currency = r.to_currency
where r.from_currency is null;

comment on view ops.check_quarter_rates_are_complete is
'One row per currency pair and quarter in use without a kept rate. Cure: '
'company.rebuild_derived().';
