-- Derived metrics of a quarter as the API answers them.
create or replace view company.metrics_record
with (security_invoker = true)
as
select
    m.company_id,
    m.currency,
    trim_scale(m.enterprise_value) as enterprise_value,
    trim_scale(m.enterprise_value_net) as enterprise_value_net,
    trim_scale(m.arr) as arr,
    trim_scale(m.recurring_percentage_revenue) as recurring_percentage_revenue,
    trim_scale(m.revenue_per_fte) as revenue_per_fte,
    trim_scale(m.gross_profit_per_fte) as gross_profit_per_fte,
    trim_scale(m.employee_growth_rate) as employee_growth_rate,
    trim_scale(m.change_in_cash) as change_in_cash,
    trim_scale(m.change_in_cash_flow) as change_in_cash_flow,
    trim_scale(m.change_in_cash_fx_effect) as change_in_cash_fx_effect,
    trim_scale(m.revenue_growth) as revenue_growth,
    trim_scale(m.revenue_growth_constant_currency) as revenue_growth_constant_currency,
    trim_scale(m.monthly_cash_burn) as monthly_cash_burn,
    trim_scale(m.runway_months) as runway_months,
    trim_scale(m.ev_by_equity_raised_plus_debt) as ev_by_equity_raised_plus_debt,
    trim_scale(m.sales_marketing_percentage_revenue) as sales_marketing_percentage_revenue,
    trim_scale(m.total_operating_percentage_revenue) as total_operating_percentage_revenue,
    trim_scale(m.gross_profit_margin) as gross_profit_margin,
    trim_scale(m.valuation_to_revenue) as valuation_to_revenue,
    trim_scale(m.valuation_to_ltm_revenue) as valuation_to_ltm_revenue,
    trim_scale(m.yoy_growth_revenue) as yoy_growth_revenue,
    trim_scale(m.yoy_growth_revenue_constant_currency) as yoy_growth_revenue_constant_currency,
    trim_scale(m.yoy_growth_profit) as yoy_growth_profit,
    trim_scale(m.yoy_growth_employees) as yoy_growth_employees,
    trim_scale(m.yoy_growth_ltm_revenue) as yoy_growth_ltm_revenue,
    trim_scale(m.ltm_total_revenue) as ltm_total_revenue,
    trim_scale(m.ltm_gross_profit) as ltm_gross_profit,
    trim_scale(m.ltm_sales_marketing_expense) as ltm_sales_marketing_expense,
    trim_scale(m.ltm_gross_margin) as ltm_gross_margin,
    trim_scale(m.ltm_operating_expense) as ltm_operating_expense,
    trim_scale(m.ltm_ebitda) as ltm_ebitda,
    trim_scale(m.ltm_net_income) as ltm_net_income,
    trim_scale(m.ltm_ebitda_margin) as ltm_ebitda_margin,
    trim_scale(m.ltm_net_income_margin) as ltm_net_income_margin,
    m.assumed_zero_debt,
    m.fiscal_reporting_date,
    m.fiscal_reporting_quarter,
    m.reporting_year,
    m.reporting_quarter,
    m.created_date,
    coalesce(cu.display_name, 'Former user') as created_by,
    m.last_update_date,
    case
        when m.last_updated_by is not null then coalesce(lu.display_name, 'Former user')
    end as last_updated_by
from company.quarterly_reporting_metrics as m
left join security.person as cu on m.created_by = cu.user_id
left join security.person as lu on m.last_updated_by = lu.user_id;

comment on view company.metrics_record is
'One row per company, quarter and currency, in the keys of GET /v1/metrics/.';
grant select on company.metrics_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
