-- The portfolio by fund and quarter, for BI tools. What is summed, and for whom, is decided in
-- fund.portfolio_quarter; here it gets names, types and words.
create or replace view bi.portfolio_quarter
with (security_invoker = true)
as
select
    format(
        '%s:%s-Q%s:%s', coalesce(q.fund_id::text, 'none'), q.reporting_year, q.reporting_quarter,
        q.currency
    )
        as fund_quarter_currency_key,
    q.fund_id::text as fund_id,
    q.fund,
    q.currency,
    q.quarter_end_date,
    q.reporting_year as calendar_year,
    q.reporting_quarter as calendar_quarter,
    format('Q%s %s', q.reporting_quarter, q.reporting_year) as quarter_label,
    q.reporting_year * 10 + q.reporting_quarter as quarter_sort,
    q.company_count,
    q.reported_company_count,
    q.no_fx_rate_company_count,
    q.is_complete,
    q.total_revenue::numeric(24, 2) as total_revenue,
    q.recurring_revenue::numeric(24, 2) as recurring_revenue,
    q.gross_profit::numeric(24, 2) as gross_profit,
    q.sales_marketing_expense::numeric(24, 2) as sales_marketing_expense,
    q.total_operating_expense::numeric(24, 2) as total_operating_expense,
    q.ebitda::numeric(24, 2) as ebitda,
    q.net_income::numeric(24, 2) as net_income,
    q.cash_burn::numeric(24, 2) as cash_burn,
    q.cash_balance::numeric(24, 2) as cash_balance,
    q.debt_outstanding::numeric(24, 2) as debt_outstanding,
    q.arr::numeric(24, 2) as arr,
    q.monthly_cash_burn::numeric(24, 2) as monthly_cash_burn,
    q.change_in_cash::numeric(24, 2) as change_in_cash,
    q.enterprise_value::numeric(24, 2) as enterprise_value,
    q.ltm_total_revenue::numeric(24, 2) as ltm_total_revenue,
    q.ltm_ebitda::numeric(24, 2) as ltm_ebitda,
    q.total_employees,
    q.total_customers,
    q.total_revenue_company_count,
    q.recurring_revenue_company_count,
    q.ebitda_company_count,
    q.cash_balance_company_count,
    q.debt_outstanding_company_count,
    q.employees_company_count,
    q.customers_company_count,
    q.enterprise_value_company_count,
    q.ltm_total_revenue_company_count,
    q.revenue_with_prior_quarter::numeric(24, 2) as revenue_with_prior_quarter,
    q.revenue_of_prior_quarter::numeric(24, 2) as revenue_of_prior_quarter,
    q.revenue_with_year_ago::numeric(24, 2) as revenue_with_year_ago,
    q.revenue_of_year_ago::numeric(24, 2) as revenue_of_year_ago,
    q.revenue_growth::numeric(28, 6) as revenue_growth,
    q.yoy_growth_revenue::numeric(28, 6) as yoy_growth_revenue
from fund.portfolio_quarter as q;

comment on view bi.portfolio_quarter is
'One row per fund, quarter and currency: fund_id, calendar_year, calendar_quarter, currency. Sums '
'over the companies that the fund holds now, of their rows in that currency only; currencies are '
'those in which every company is shown (setting presentation_currencies). A company without an '
'exchange rate is in no sum and counted in no_fx_rate_company_count; one that did not report a '
'number is not in that sum: see the counts. Only funds of which the reader sees every company; '
'the row of companies without a fund (null fund_id) is shown to readers who see all companies. '
'Sums are kept and follow a change within seconds: bi.health says how fresh they are.';
comment on column bi.portfolio_quarter.fund_quarter_currency_key is
'Key of the row. [key; attribute]';
comment on column bi.portfolio_quarter.fund_id is
'Key of the fund, joins bi.fund; null for companies of no fund. [key; attribute]';
comment on column bi.portfolio_quarter.fund is
'Name of the fund; null for companies of no fund. [text; attribute]';
comment on column bi.portfolio_quarter.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.portfolio_quarter.quarter_end_date is
'Last day of the calendar quarter; joins bi.calendar. [date; attribute]';
comment on column bi.portfolio_quarter.calendar_year is
'Year of the reporting (calendar) quarter. [number; attribute]';
comment on column bi.portfolio_quarter.calendar_quarter is
'Reporting (calendar) quarter 1 to 4. [number; attribute]';
comment on column bi.portfolio_quarter.quarter_label is
'Reporting quarter for people, such as Q4 2025. [text; attribute]';
comment on column bi.portfolio_quarter.quarter_sort is
'Reporting quarter for sorting, such as 20254. [number; attribute]';
comment on column bi.portfolio_quarter.company_count is
'Companies that the fund holds now and that are followed or reported this quarter; do not sum '
'over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.reported_company_count is
'Companies of these that reported the quarter; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.no_fx_rate_company_count is
'Companies that reported and are in no sum of the row: no exchange rate to currency; do not sum '
'over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.is_complete is
'True when all companies of company_count reported and have an exchange rate. [flag; attribute]';
comment on column bi.portfolio_quarter.total_revenue is
'Revenue of the quarter, in currency. Null: no company has it. [money; additive]';
comment on column bi.portfolio_quarter.recurring_revenue is
'Recurring part of the revenue, in currency. Null: no company has it. [money; additive]';
comment on column bi.portfolio_quarter.gross_profit is
'Revenue less cost of revenue, in currency. Null: no company has it. [money; additive]';
comment on column bi.portfolio_quarter.sales_marketing_expense is
'Sales and marketing expense, in currency. Null: no company has it. [money; additive]';
comment on column bi.portfolio_quarter.total_operating_expense is
'Operating expense without cost of revenue, in currency. Null: no company has it. [money; '
'additive]';
comment on column bi.portfolio_quarter.ebitda is
'Earnings before interest, tax, depreciation and amortisation, in currency. Null: no company has '
'it. [money; additive]';
comment on column bi.portfolio_quarter.net_income is
'Net income, in currency. Null: no company has it. [money; additive]';
comment on column bi.portfolio_quarter.cash_burn is
'Cash flow of the quarter, negative is burning, in currency. Null: no company has it. [money; '
'additive]';
comment on column bi.portfolio_quarter.cash_balance is
'Cash at the end of the quarter, in currency; do not sum over time. Null: no company has it. '
'[money; semi-additive]';
comment on column bi.portfolio_quarter.debt_outstanding is
'Debt at the end of the quarter, as far as it is known, in currency; do not sum over time. Null: '
'no company has it. [money; semi-additive]';
comment on column bi.portfolio_quarter.arr is
'Annual recurring revenue: recurring revenue * 4, in currency; do not sum over time. Null: no '
'company has it. [money; semi-additive]';
comment on column bi.portfolio_quarter.monthly_cash_burn is
'Monthly cash burn, positive is burning, in currency. Null: no company has it. [money; additive]';
comment on column bi.portfolio_quarter.change_in_cash is
'Change in cash since the quarter before, in currency. Null: no company has it. [money; additive]';
comment on column bi.portfolio_quarter.enterprise_value is
'Enterprise value: post-money valuation + debt, in currency; do not sum over time. Null: no '
'company has it. [money; semi-additive]';
comment on column bi.portfolio_quarter.ltm_total_revenue is
'Revenue of the last four quarters, in currency; do not sum over time. Null: no company has it. '
'[money; semi-additive]';
comment on column bi.portfolio_quarter.ltm_ebitda is
'EBITDA of the last four quarters, in currency; do not sum over time. Null: no company has it. '
'[money; semi-additive]';
comment on column bi.portfolio_quarter.total_employees is
'Headcount at the end of the quarter; do not sum over time. Null: no company has it. [count; '
'semi-additive]';
comment on column bi.portfolio_quarter.total_customers is
'Customers at the end of the quarter; do not sum over time. Null: no company has it. [count; '
'semi-additive]';
comment on column bi.portfolio_quarter.total_revenue_company_count is
'Companies whose total_revenue is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.recurring_revenue_company_count is
'Companies whose recurring_revenue is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.ebitda_company_count is
'Companies whose ebitda is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.cash_balance_company_count is
'Companies whose cash_balance is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.debt_outstanding_company_count is
'Companies whose debt_outstanding is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.employees_company_count is
'Companies whose employees is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.customers_company_count is
'Companies whose customers is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.enterprise_value_company_count is
'Companies whose enterprise_value is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.ltm_total_revenue_company_count is
'Companies whose ltm_total_revenue is in the sum; do not sum over time. [count; semi-additive]';
comment on column bi.portfolio_quarter.revenue_with_prior_quarter is
'Revenue of the quarter, of companies that have the quarter before too, in currency. [money; '
'additive]';
comment on column bi.portfolio_quarter.revenue_of_prior_quarter is
'Revenue of the quarter before, of companies that have this one too, in currency. [money; '
'additive]';
comment on column bi.portfolio_quarter.revenue_with_year_ago is
'Revenue of the quarter, of companies that have it a year ago too, in currency. [money; additive]';
comment on column bi.portfolio_quarter.revenue_of_year_ago is
'Revenue of the quarter a year ago, of companies that have this one too, in currency. [money; '
'additive]';
comment on column bi.portfolio_quarter.revenue_growth is
'Revenue growth, quarter on quarter, of companies that have both: contains exchange rates. Null: '
'none has both, or the base is 0 or less. [ratio; non-additive]';
comment on column bi.portfolio_quarter.yoy_growth_revenue is
'Revenue growth on the year before, of companies that have both: contains exchange rates. Null: '
'none has both, or the base is 0 or less. [ratio; non-additive]';
grant select on bi.portfolio_quarter to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
