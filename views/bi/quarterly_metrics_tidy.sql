-- Metrics one a row, for tools that filter, pivot and label by metric: the numbers of
-- bi.quarterly_metrics. The pairs are listed, and not looked up in jsonb, which took 40 times as
-- long for one metric of all companies; a lint compares them with company.metric_definition.
create or replace view bi.quarterly_metrics_tidy
with (security_invoker = true)
as
select
    format('%s:%s', m.company_quarter_currency_key, d.metric)
        as company_quarter_currency_metric_key,
    m.company_quarter_currency_key,
    m.company_id,
    m.company_name,
    m.fund_id,
    m.currency,
    m.quarter_end_date,
    m.fiscal_reporting_date,
    m.fiscal_reporting_quarter,
    m.calendar_year,
    m.calendar_quarter,
    m.quarter_label,
    m.quarter_sort,
    d.metric,
    d.label,
    d.unit,
    d.kind,
    d.additivity,
    d.sort_order,
    case d.metric
        when 'enterprise_value' then m.enterprise_value
        when 'enterprise_value_net' then m.enterprise_value_net
        when 'arr' then m.arr
        when 'recurring_percentage_revenue' then m.recurring_percentage_revenue
        when 'revenue_per_fte' then m.revenue_per_fte
        when 'gross_profit_per_fte' then m.gross_profit_per_fte
        when 'employee_growth_rate' then m.employee_growth_rate
        when 'change_in_cash' then m.change_in_cash
        when 'change_in_cash_flow' then m.change_in_cash_flow
        when 'change_in_cash_fx_effect' then m.change_in_cash_fx_effect
        when 'revenue_growth' then m.revenue_growth
        when 'revenue_growth_constant_currency' then m.revenue_growth_constant_currency
        when 'monthly_cash_burn' then m.monthly_cash_burn
        when 'runway_months' then m.runway_months
        when 'ev_by_equity_raised_plus_debt' then m.ev_by_equity_raised_plus_debt
        when 'sales_marketing_percentage_revenue' then m.sales_marketing_percentage_revenue
        when 'total_operating_percentage_revenue' then m.total_operating_percentage_revenue
        when 'gross_profit_margin' then m.gross_profit_margin
        when 'valuation_to_revenue' then m.valuation_to_revenue
        when 'valuation_to_ltm_revenue' then m.valuation_to_ltm_revenue
        when 'yoy_growth_revenue' then m.yoy_growth_revenue
        when 'yoy_growth_revenue_constant_currency' then m.yoy_growth_revenue_constant_currency
        when 'yoy_growth_profit' then m.yoy_growth_profit
        when 'yoy_growth_employees' then m.yoy_growth_employees
        when 'yoy_growth_ltm_revenue' then m.yoy_growth_ltm_revenue
        when 'ltm_total_revenue' then m.ltm_total_revenue
        when 'ltm_gross_profit' then m.ltm_gross_profit
        when 'ltm_sales_marketing_expense' then m.ltm_sales_marketing_expense
        when 'ltm_gross_margin' then m.ltm_gross_margin
        when 'ltm_operating_expense' then m.ltm_operating_expense
        when 'ltm_ebitda' then m.ltm_ebitda
        when 'ltm_net_income' then m.ltm_net_income
        when 'ltm_ebitda_margin' then m.ltm_ebitda_margin
        when 'ltm_net_income_margin' then m.ltm_net_income_margin
    end::numeric(28, 6) as value,
    m.reported_at
from bi.quarterly_metrics as m
cross join company.metric_definition as d
where d.unit <> 'flag';

comment on view bi.quarterly_metrics_tidy is
'One row per company, quarter, currency and metric: company_id, calendar_year, calendar_quarter, '
'currency, metric. The numbers of bi.quarterly_metrics, one a row; a metric that is null has its '
'row. Filter on one metric and one currency before aggregating.';
comment on column bi.quarterly_metrics_tidy.company_quarter_currency_metric_key is
'Key of the row. [key; attribute]';
comment on column bi.quarterly_metrics_tidy.company_quarter_currency_key is
'Key of the row of bi.quarterly_metrics that holds the number. [key; attribute]';
comment on column bi.quarterly_metrics_tidy.company_id is
'Key of the company; joins bi.company. [key; attribute]';
comment on column bi.quarterly_metrics_tidy.company_name is
'Name of the company. [text; attribute]';
comment on column bi.quarterly_metrics_tidy.fund_id is
'Key of the fund that holds the company now; null when there is none, or when the reader sees the '
'company without its fund. [key; attribute]';
comment on column bi.quarterly_metrics_tidy.currency is
'ISO 4217 code of the value where unit is money: filter on one before summing. [text; attribute]';
comment on column bi.quarterly_metrics_tidy.quarter_end_date is
'Last day of the calendar quarter; joins bi.calendar. [date; attribute]';
comment on column bi.quarterly_metrics_tidy.fiscal_reporting_date is
'Last day of the company''s fiscal quarter; joins bi.calendar. [date; attribute]';
comment on column bi.quarterly_metrics_tidy.fiscal_reporting_quarter is
'Fiscal quarter 1 to 4 of the company; null when its year end is not known. [number; attribute]';
comment on column bi.quarterly_metrics_tidy.calendar_year is
'Year of the reporting (calendar) quarter. [number; attribute]';
comment on column bi.quarterly_metrics_tidy.calendar_quarter is
'Reporting (calendar) quarter 1 to 4. [number; attribute]';
comment on column bi.quarterly_metrics_tidy.quarter_label is
'Reporting quarter for people, such as Q4 2025. [text; attribute]';
comment on column bi.quarterly_metrics_tidy.quarter_sort is
'Reporting quarter for sorting, such as 20254. [number; attribute]';
comment on column bi.quarterly_metrics_tidy.metric is
'Column name of the metric in bi.quarterly_metrics; joins bi.metric_definition. [key; attribute]';
comment on column bi.quarterly_metrics_tidy.label is
'Name of the metric for people. [text; attribute]';
comment on column bi.quarterly_metrics_tidy.unit is
'money (in currency), ratio (a fraction), multiple, months or count. [text; attribute]';
comment on column bi.quarterly_metrics_tidy.kind is
'flow, balance, ratio, multiple, months or count. [text; attribute]';
comment on column bi.quarterly_metrics_tidy.additivity is
'additive, semi-additive (not over time) or non-additive. [text; attribute]';
comment on column bi.quarterly_metrics_tidy.sort_order is
'Order in which metrics are shown. [number; attribute]';
comment on column bi.quarterly_metrics_tidy.value is
'The metric, in unit; whether it may be summed says additivity. Null: company.explain_metric '
'knows why. [number; non-additive]';
comment on column bi.quarterly_metrics_tidy.reported_at is
'When the submitted row was last written (UTC). [time; attribute]';
grant select on bi.quarterly_metrics_tidy to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
