-- What company.quarterly_reporting_financials has to hold.
create or replace view company.derived_financials
with (security_invoker = true)
as
select
    t.company_id,
    t.currency,
    t.is_reporting_currency,
    t.exchange_rate_used,
    t.closing_rate_used,
    t.total_revenue,
    t.recurring_revenue,
    t.gross_profit,
    t.debt_outstanding,
    t.sales_marketing_expense,
    t.total_operating_expense,
    t.ebitda,
    t.net_income,
    t.cash_burn,
    t.cash_balance,
    t.employees,
    t.customers,
    t.fiscal_reporting_date,
    t.fiscal_reporting_quarter,
    t.reporting_year,
    t.reporting_quarter,
    t.created_date,
    t.created_by,
    t.last_update_date,
    t.last_updated_by,
    t.quarter_ordinal
from company.translated_quarter as t;

comment on view company.derived_financials is
'One row per company, quarter and currency: what quarterly_reporting_financials has to hold.';
