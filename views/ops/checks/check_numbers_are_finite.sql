-- No NaN and no infinity anywhere in the chain from rates to metrics: one would spread into every
-- sum, and a BI tool may show it as 0.
create or replace view ops.check_numbers_are_finite
with (security_invoker = true)
as
select
    n.table_name,
    n.row_key,
    'not finite' as finding
from (
    select
        'company.metrics_input' as table_name,
        format('%s %s Q%s', i.company_id, i.reporting_year, i.reporting_quarter) as row_key,
        to_jsonb(i) - array['company_id'] as numbers
    from company.metrics_input as i
    where i::text ~ 'NaN|Infinity'
    union all
    select
        'company.quarterly_reporting_financials',
        format('%s %s Q%s %s', f.company_id, f.reporting_year, f.reporting_quarter, f.currency),
        to_jsonb(f) - array['company_id']
    from company.quarterly_reporting_financials as f
    where f::text ~ 'NaN|Infinity'
    union all
    select
        'company.quarterly_reporting_metrics',
        format('%s %s Q%s %s', m.company_id, m.reporting_year, m.reporting_quarter, m.currency),
        to_jsonb(m) - array['company_id']
    from company.quarterly_reporting_metrics as m
    where m::text ~ 'NaN|Infinity'
    union all
    select
        'company.valuation_round',
        format('%s %s', v.company_id, v.round_on),
        to_jsonb(v) - array['company_id', 'round_name']
    from company.valuation_round as v
    where v::text ~ 'NaN|Infinity'
    union all
    select
        'company.company',
        c.company_id,
        jsonb_build_array(c.equity_raised_amount, c.post_money_valuation_amount)
    from company.company as c
    where c::text ~ 'NaN|Infinity'
    union all
    select
        'fx.rate',
        format('%s %s %s', r.currency, r.rate_on, r.source_id),
        jsonb_build_array(r.rate)
    from fx.rate as r
    where r.rate in ('NaN', 'Infinity', '-Infinity')
    union all
    select
        'fx.quarter_rate',
        format('%s %s %s', q.from_currency, q.quarter_end_on, q.to_currency),
        to_jsonb(q)
    from fx.quarter_rate as q
    where q::text ~ 'NaN|Infinity'
) as n
-- In JSON a number that is not finite is one of three strings; names may be these words too.
where
    jsonb_path_exists(
        n.numbers, 'strict $.** ? (@ == "NaN" || @ == "Infinity" || @ == "-Infinity")'
    );

comment on view ops.check_numbers_are_finite is
'One row per row of inputs, rates or derived numbers that holds NaN or an infinity.';
