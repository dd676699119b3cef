-- Reported quarters as submitted, in the company's own currency and signs.
create or replace view bi.quarterly_input
with (security_invoker = true)
as
select
    format('%s:%s-Q%s', i.company_id, i.reporting_year, i.reporting_quarter) as company_quarter_key,
    i.company_id,
    c.name as company_name,
    u.fund_id::text as fund_id,
    i.currency,
    i.fiscal_reporting_date,
    i.fiscal_reporting_quarter,
    i.reporting_year as calendar_year,
    i.reporting_quarter as calendar_quarter,
    format('Q%s %s', i.reporting_quarter, i.reporting_year) as quarter_label,
    i.reporting_year * 10 + i.reporting_quarter as quarter_sort,
    i.total_revenue::numeric(24, 2) as total_revenue,
    i.recurring_revenue::numeric(24, 2) as recurring_revenue,
    i.gross_profit::numeric(24, 2) as gross_profit,
    i.sales_marketing_expense::numeric(24, 2) as sales_marketing_expense,
    i.total_operating_expense::numeric(24, 2) as total_operating_expense,
    i.ebitda::numeric(24, 2) as ebitda,
    i.net_income::numeric(24, 2) as net_income,
    i.cash_burn::numeric(24, 2) as cash_burn,
    i.cash_balance::numeric(24, 2) as cash_balance,
    i.debt_outstanding::numeric(24, 2) as debt_outstanding,
    i.employees,
    i.customers,
    coalesce(i.last_update_date, i.created_date) as reported_at,
    (make_date(i.reporting_year, i.reporting_quarter * 3, 1) + interval '1 month')::date - 1
        as quarter_end_date
from company.metrics_input as i
inner join company.company as c on i.company_id = c.company_id
-- By its row, not by the company's: who sees the company without its fund is not told which.
left join fund.fund as u on c.fund_id = u.fund_id;

comment on view bi.quarterly_input is
'One row per company and reporting quarter: company_id, calendar_year, calendar_quarter. '
'Amounts in units of currency, as submitted.';
comment on column bi.quarterly_input.company_quarter_key is 'Key of the row. [key; attribute]';
comment on column bi.quarterly_input.company_id is
'Key of the company; joins bi.company. [key; attribute]';
comment on column bi.quarterly_input.company_name is 'Name of the company. [text; attribute]';
comment on column bi.quarterly_input.fund_id is
'Key of the fund that holds the company now; null when there is none, or when the reader sees the '
'company without its fund. [key; attribute]';
comment on column bi.quarterly_input.currency is
'ISO 4217 code of every amount of the row. [text; attribute]';
comment on column bi.quarterly_input.fiscal_reporting_date is
'Last day of the company''s fiscal quarter; joins bi.calendar. [date; attribute]';
comment on column bi.quarterly_input.fiscal_reporting_quarter is
'Fiscal quarter 1 to 4 of the company; null when its year end is not known. [number; attribute]';
comment on column bi.quarterly_input.calendar_year is
'Year of the reporting (calendar) quarter. [number; attribute]';
comment on column bi.quarterly_input.calendar_quarter is
'Reporting (calendar) quarter 1 to 4. [number; attribute]';
comment on column bi.quarterly_input.quarter_label is
'Reporting quarter for people, such as Q4 2025. [text; attribute]';
comment on column bi.quarterly_input.quarter_sort is
'Reporting quarter for sorting, such as 20254. [number; attribute]';
comment on column bi.quarterly_input.total_revenue is
'Revenue of the quarter, in currency. [money; additive]';
comment on column bi.quarterly_input.recurring_revenue is
'Recurring part of the revenue, in currency. [money; additive]';
comment on column bi.quarterly_input.gross_profit is
'Revenue less cost of revenue, in currency. [money; additive]';
comment on column bi.quarterly_input.sales_marketing_expense is
'Sales and marketing expense, in currency. [money; additive]';
comment on column bi.quarterly_input.total_operating_expense is
'Operating expense without cost of revenue, in currency. [money; additive]';
comment on column bi.quarterly_input.ebitda is
'Earnings before interest, tax, depreciation and amortisation, in currency. [money; additive]';
comment on column bi.quarterly_input.net_income is 'Net income, in currency. [money; additive]';
comment on column bi.quarterly_input.cash_burn is
'Cash burn as submitted, in the sign that bi.company.burn_sign names, in currency. [money; '
'additive]';
comment on column bi.quarterly_input.cash_balance is
'Cash at the end of the quarter; do not sum over time, in currency. [money; semi-additive]';
comment on column bi.quarterly_input.debt_outstanding is
'Debt at the end of the quarter; null is not known, not zero; do not sum over time, in '
'currency. [money; semi-additive]';
comment on column bi.quarterly_input.employees is
'Headcount at the end of the quarter; null when not reported; do not sum over time. [count; '
'semi-additive]';
comment on column bi.quarterly_input.customers is
'Customers at the end of the quarter; null when not reported; do not sum over time. [count; '
'semi-additive]';
comment on column bi.quarterly_input.reported_at is
'When the submitted row was last written (UTC). [time; attribute]';
comment on column bi.quarterly_input.quarter_end_date is
'Last day of the calendar quarter; joins bi.calendar. [date; attribute]';
grant select on bi.quarterly_input to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
