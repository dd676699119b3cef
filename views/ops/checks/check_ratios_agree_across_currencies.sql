-- What is no money does not depend on the currency it is shown in: ratios of two flows, runway,
-- headcount and growth in the company's own currency.
create or replace view ops.check_ratios_agree_across_currencies
with (security_invoker = true)
as
select
    m.company_id,
    m.reporting_year,
    m.reporting_quarter,
    'differs by currency' as finding
from company.quarterly_reporting_metrics as m
group by m.company_id, m.reporting_year, m.reporting_quarter
having
    -- Null counts as none: a currency may lack the rate of the quarter before.
    greatest(
        count(distinct m.runway_months),
        count(distinct m.gross_profit_margin),
        count(distinct m.recurring_percentage_revenue),
        count(distinct m.sales_marketing_percentage_revenue),
        count(distinct m.total_operating_percentage_revenue),
        count(distinct m.employee_growth_rate),
        count(distinct m.yoy_growth_employees),
        count(distinct m.revenue_growth_constant_currency),
        count(distinct m.yoy_growth_revenue_constant_currency)
    ) > 1;

comment on view ops.check_ratios_agree_across_currencies is
'One row per company and quarter with a ratio, runway or headcount growth that depends on the '
'currency shown. Cure: company.rebuild_derived().';
