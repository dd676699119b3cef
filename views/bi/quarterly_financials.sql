-- Reported quarters translated: flows at the average rate of the company's quarter, balances at
-- its closing rate.
create or replace view bi.quarterly_financials
with (security_invoker = true)
as
select
    format(
        '%s:%s-Q%s:%s', f.company_id, f.reporting_year, f.reporting_quarter, f.currency
    )
        as company_quarter_currency_key,
    format('%s:%s-Q%s', f.company_id, f.reporting_year, f.reporting_quarter) as company_quarter_key,
    f.company_id,
    c.name as company_name,
    u.fund_id::text as fund_id,
    f.currency,
    f.is_reporting_currency,
    f.exchange_rate_used::numeric(24, 10) as exchange_rate_used,
    f.closing_rate_used::numeric(24, 10) as closing_rate_used,
    f.fiscal_reporting_date,
    f.fiscal_reporting_quarter,
    f.reporting_year as calendar_year,
    f.reporting_quarter as calendar_quarter,
    format('Q%s %s', f.reporting_quarter, f.reporting_year) as quarter_label,
    f.reporting_year * 10 + f.reporting_quarter as quarter_sort,
    f.total_revenue::numeric(24, 2) as total_revenue,
    f.recurring_revenue::numeric(24, 2) as recurring_revenue,
    f.gross_profit::numeric(24, 2) as gross_profit,
    f.sales_marketing_expense::numeric(24, 2) as sales_marketing_expense,
    f.total_operating_expense::numeric(24, 2) as total_operating_expense,
    f.ebitda::numeric(24, 2) as ebitda,
    f.net_income::numeric(24, 2) as net_income,
    f.cash_burn::numeric(24, 2) as cash_burn,
    f.cash_balance::numeric(24, 2) as cash_balance,
    f.debt_outstanding::numeric(24, 2) as debt_outstanding,
    f.employees,
    f.customers,
    coalesce(f.last_update_date, f.created_date) as reported_at,
    (make_date(f.reporting_year, f.reporting_quarter * 3, 1) + interval '1 month')::date - 1
        as quarter_end_date
from company.quarterly_reporting_financials as f
inner join company.company as c on f.company_id = c.company_id
-- By its row, not by the company's: who sees the company without its fund is not told which.
left join fund.fund as u on c.fund_id = u.fund_id;

comment on view bi.quarterly_financials is
'One row per company, quarter and currency: company_id, calendar_year, calendar_quarter, '
'currency. Amounts in units of currency; a quarter without an exchange rate has no row in that '
'currency.';
comment on column bi.quarterly_financials.company_quarter_currency_key is
'Key of the row. [key; attribute]';
comment on column bi.quarterly_financials.company_quarter_key is
'Key of the company and quarter, the same in every view. [key; attribute]';
comment on column bi.quarterly_financials.company_id is
'Key of the company; joins bi.company. [key; attribute]';
comment on column bi.quarterly_financials.company_name is 'Name of the company. [text; attribute]';
comment on column bi.quarterly_financials.fund_id is
'Key of the fund that holds the company now; null when there is none, or when the reader sees the '
'company without its fund. [key; attribute]';
comment on column bi.quarterly_financials.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.quarterly_financials.is_reporting_currency is
'True when currency is the one the quarter was reported in. [flag; attribute]';
comment on column bi.quarterly_financials.exchange_rate_used is
'Rate of the flows: units of currency per 1 of the reported one. [rate; non-additive]';
comment on column bi.quarterly_financials.closing_rate_used is
'Rate of the balances: units of currency per 1 of the reported one. [rate; non-additive]';
comment on column bi.quarterly_financials.fiscal_reporting_date is
'Last day of the company''s fiscal quarter; joins bi.calendar. [date; attribute]';
comment on column bi.quarterly_financials.fiscal_reporting_quarter is
'Fiscal quarter 1 to 4 of the company; null when its year end is not known. [number; attribute]';
comment on column bi.quarterly_financials.calendar_year is
'Year of the reporting (calendar) quarter. [number; attribute]';
comment on column bi.quarterly_financials.calendar_quarter is
'Reporting (calendar) quarter 1 to 4. [number; attribute]';
comment on column bi.quarterly_financials.quarter_label is
'Reporting quarter for people, such as Q4 2025. [text; attribute]';
comment on column bi.quarterly_financials.quarter_sort is
'Reporting quarter for sorting, such as 20254. [number; attribute]';
comment on column bi.quarterly_financials.total_revenue is
'Revenue of the quarter, in currency. [money; additive]';
comment on column bi.quarterly_financials.recurring_revenue is
'Recurring part of the revenue, in currency. [money; additive]';
comment on column bi.quarterly_financials.gross_profit is
'Revenue less cost of revenue, in currency. [money; additive]';
comment on column bi.quarterly_financials.sales_marketing_expense is
'Sales and marketing expense, in currency. [money; additive]';
comment on column bi.quarterly_financials.total_operating_expense is
'Operating expense without cost of revenue, in currency. [money; additive]';
comment on column bi.quarterly_financials.ebitda is
'Earnings before interest, tax, depreciation and amortisation, in currency. [money; additive]';
comment on column bi.quarterly_financials.net_income is
'Net income, in currency. [money; additive]';
comment on column bi.quarterly_financials.cash_burn is
'Cash flow of the quarter, negative is burning, in currency. [money; additive]';
comment on column bi.quarterly_financials.cash_balance is
'Cash at the end of the quarter; do not sum over time, in currency. [money; semi-additive]';
comment on column bi.quarterly_financials.debt_outstanding is
'Debt at the end of the quarter; null is not known, not zero; do not sum over time, in '
'currency. [money; semi-additive]';
comment on column bi.quarterly_financials.employees is
'Headcount at the end of the quarter; null when not reported; do not sum over time. [count; '
'semi-additive]';
comment on column bi.quarterly_financials.customers is
'Customers at the end of the quarter; null when not reported; do not sum over time. [count; '
'semi-additive]';
comment on column bi.quarterly_financials.reported_at is
'When the submitted row was last written (UTC). [time; attribute]';
comment on column bi.quarterly_financials.quarter_end_date is
'Last day of the calendar quarter; joins bi.calendar. [date; attribute]';
grant select on bi.quarterly_financials to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
