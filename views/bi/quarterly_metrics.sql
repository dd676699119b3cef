-- Derived metrics of every quarter. What each column means, and when it is null, is written once,
-- in company.metric_definition, and put on the columns from there.
create or replace view bi.quarterly_metrics
with (security_invoker = true)
as
select
    format(
        '%s:%s-Q%s:%s', m.company_id, m.reporting_year, m.reporting_quarter, m.currency
    )
        as company_quarter_currency_key,
    format('%s:%s-Q%s', m.company_id, m.reporting_year, m.reporting_quarter) as company_quarter_key,
    m.company_id,
    c.name as company_name,
    u.fund_id::text as fund_id,
    m.currency,
    m.fiscal_reporting_date,
    m.fiscal_reporting_quarter,
    m.reporting_year as calendar_year,
    m.reporting_quarter as calendar_quarter,
    format('Q%s %s', m.reporting_quarter, m.reporting_year) as quarter_label,
    m.reporting_year * 10 + m.reporting_quarter as quarter_sort,
    m.enterprise_value::numeric(24, 2) as enterprise_value,
    m.enterprise_value_net::numeric(24, 2) as enterprise_value_net,
    m.arr::numeric(24, 2) as arr,
    m.recurring_percentage_revenue::numeric(28, 6) as recurring_percentage_revenue,
    m.revenue_per_fte::numeric(24, 2) as revenue_per_fte,
    m.gross_profit_per_fte::numeric(24, 2) as gross_profit_per_fte,
    m.employee_growth_rate::numeric(28, 6) as employee_growth_rate,
    m.change_in_cash::numeric(24, 2) as change_in_cash,
    m.change_in_cash_flow::numeric(24, 2) as change_in_cash_flow,
    m.change_in_cash_fx_effect::numeric(24, 2) as change_in_cash_fx_effect,
    m.revenue_growth::numeric(28, 6) as revenue_growth,
    m.revenue_growth_constant_currency::numeric(28, 6) as revenue_growth_constant_currency,
    m.monthly_cash_burn::numeric(24, 2) as monthly_cash_burn,
    m.runway_months::numeric(28, 6) as runway_months,
    m.ev_by_equity_raised_plus_debt::numeric(28, 6) as ev_by_equity_raised_plus_debt,
    m.sales_marketing_percentage_revenue::numeric(28, 6) as sales_marketing_percentage_revenue,
    m.total_operating_percentage_revenue::numeric(28, 6) as total_operating_percentage_revenue,
    m.gross_profit_margin::numeric(28, 6) as gross_profit_margin,
    m.valuation_to_revenue::numeric(28, 6) as valuation_to_revenue,
    m.valuation_to_ltm_revenue::numeric(28, 6) as valuation_to_ltm_revenue,
    m.yoy_growth_revenue::numeric(28, 6) as yoy_growth_revenue,
    m.yoy_growth_revenue_constant_currency::numeric(28, 6) as yoy_growth_revenue_constant_currency,
    m.yoy_growth_profit::numeric(28, 6) as yoy_growth_profit,
    m.yoy_growth_employees::numeric(28, 6) as yoy_growth_employees,
    m.yoy_growth_ltm_revenue::numeric(28, 6) as yoy_growth_ltm_revenue,
    m.ltm_total_revenue::numeric(24, 2) as ltm_total_revenue,
    m.ltm_gross_profit::numeric(24, 2) as ltm_gross_profit,
    m.ltm_sales_marketing_expense::numeric(24, 2) as ltm_sales_marketing_expense,
    m.ltm_gross_margin::numeric(28, 6) as ltm_gross_margin,
    m.ltm_operating_expense::numeric(24, 2) as ltm_operating_expense,
    m.ltm_ebitda::numeric(24, 2) as ltm_ebitda,
    m.ltm_net_income::numeric(24, 2) as ltm_net_income,
    m.ltm_ebitda_margin::numeric(28, 6) as ltm_ebitda_margin,
    m.ltm_net_income_margin::numeric(28, 6) as ltm_net_income_margin,
    m.assumed_zero_debt,
    coalesce(m.last_update_date, m.created_date) as reported_at,
    (make_date(m.reporting_year, m.reporting_quarter * 3, 1) + interval '1 month')::date - 1
        as quarter_end_date
from company.quarterly_reporting_metrics as m
inner join company.company as c on m.company_id = c.company_id
-- By its row, not by the company's: who sees the company without its fund is not told which.
left join fund.fund as u on c.fund_id = u.fund_id;

comment on view bi.quarterly_metrics is
'One row per company, quarter and currency: company_id, calendar_year, calendar_quarter, '
'currency. Ratios are fractions (0.10 is 10 %), money is in units of currency.';
comment on column bi.quarterly_metrics.company_quarter_currency_key is
'Key of the row. [key; attribute]';
comment on column bi.quarterly_metrics.company_quarter_key is
'Key of the company and quarter, the same in every view. [key; attribute]';
comment on column bi.quarterly_metrics.company_id is
'Key of the company; joins bi.company. [key; attribute]';
comment on column bi.quarterly_metrics.company_name is 'Name of the company. [text; attribute]';
comment on column bi.quarterly_metrics.fund_id is
'Key of the fund that holds the company now; null when there is none, or when the reader sees the '
'company without its fund. [key; attribute]';
comment on column bi.quarterly_metrics.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.quarterly_metrics.fiscal_reporting_date is
'Last day of the company''s fiscal quarter; joins bi.calendar. [date; attribute]';
comment on column bi.quarterly_metrics.fiscal_reporting_quarter is
'Fiscal quarter 1 to 4 of the company; null when its year end is not known. [number; attribute]';
comment on column bi.quarterly_metrics.calendar_year is
'Year of the reporting (calendar) quarter. [number; attribute]';
comment on column bi.quarterly_metrics.calendar_quarter is
'Reporting (calendar) quarter 1 to 4. [number; attribute]';
comment on column bi.quarterly_metrics.quarter_label is
'Reporting quarter for people, such as Q4 2025. [text; attribute]';
comment on column bi.quarterly_metrics.quarter_sort is
'Reporting quarter for sorting, such as 20254. [number; attribute]';
comment on column bi.quarterly_metrics.reported_at is
'When the submitted row was last written (UTC). [time; attribute]';
comment on column bi.quarterly_metrics.quarter_end_date is
'Last day of the calendar quarter; joins bi.calendar. [date; attribute]';
select company.comment_metric_columns();
grant select on bi.quarterly_metrics to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
