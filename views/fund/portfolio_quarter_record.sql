-- The portfolio's quarters in the keys of its summary: fund.portfolio_quarter without the counts of
-- single numbers, and numbers without zeros at their end.
create or replace view fund.portfolio_quarter_record
with (security_invoker = true)
as
select
    q.fund_id,
    q.fund,
    q.currency,
    q.reporting_year,
    q.reporting_quarter,
    q.quarter_end_date,
    q.company_count,
    q.reported_company_count,
    q.no_fx_rate_company_count,
    q.is_complete,
    trim_scale(q.total_revenue) as total_revenue,
    trim_scale(q.recurring_revenue) as recurring_revenue,
    trim_scale(q.gross_profit) as gross_profit,
    trim_scale(q.sales_marketing_expense) as sales_marketing_expense,
    trim_scale(q.total_operating_expense) as total_operating_expense,
    trim_scale(q.ebitda) as ebitda,
    trim_scale(q.net_income) as net_income,
    trim_scale(q.cash_burn) as cash_burn,
    trim_scale(q.cash_balance) as cash_balance,
    trim_scale(q.debt_outstanding) as debt_outstanding,
    trim_scale(q.arr) as arr,
    trim_scale(q.monthly_cash_burn) as monthly_cash_burn,
    trim_scale(q.change_in_cash) as change_in_cash,
    trim_scale(q.enterprise_value) as enterprise_value,
    trim_scale(q.ltm_total_revenue) as ltm_total_revenue,
    trim_scale(q.ltm_ebitda) as ltm_ebitda,
    q.total_employees,
    q.total_customers,
    trim_scale(q.revenue_with_prior_quarter) as revenue_with_prior_quarter,
    trim_scale(q.revenue_of_prior_quarter) as revenue_of_prior_quarter,
    trim_scale(q.revenue_with_year_ago) as revenue_with_year_ago,
    trim_scale(q.revenue_of_year_ago) as revenue_of_year_ago,
    q.revenue_growth,
    q.yoy_growth_revenue
from fund.portfolio_quarter as q;

comment on view fund.portfolio_quarter_record is
'One row per fund, reported quarter and presentation currency, as GET /v1/portfolio/summary shows '
'it: totals, companies, like-for-like change of revenue.';
grant select on fund.portfolio_quarter_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
