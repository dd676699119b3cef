-- Stored financials are what inputs and rates say today: none missing, none left over, none
-- different.
create or replace view ops.check_financials_are_derived
with (security_invoker = true)
as
select
    coalesce(d.company_id, s.company_id) as company_id,
    coalesce(d.currency, s.currency) as currency,
    coalesce(d.reporting_year, s.reporting_year) as reporting_year,
    coalesce(d.reporting_quarter, s.reporting_quarter) as reporting_quarter,
    case
        when s.company_id is null then 'missing'
        when d.company_id is null then 'left over'
        else 'different'
    end as finding
from company.derived_financials as d
full join company.quarterly_reporting_financials as s
    on
        d.company_id = s.company_id
        and d.reporting_year = s.reporting_year
        and d.reporting_quarter = s.reporting_quarter
        and d.currency = s.currency
where
    d.company_id is null
    or s.company_id is null
    or row(
        d.is_reporting_currency, d.exchange_rate_used, d.closing_rate_used, d.total_revenue,
        d.recurring_revenue, d.gross_profit, d.debt_outstanding, d.sales_marketing_expense,
        d.total_operating_expense, d.ebitda, d.net_income, d.cash_burn, d.cash_balance, d.employees,
        d.customers, d.fiscal_reporting_date, d.fiscal_reporting_quarter, d.created_date,
        d.created_by, d.last_update_date, d.last_updated_by
    )
    is distinct from
    row(
        s.is_reporting_currency, s.exchange_rate_used, s.closing_rate_used, s.total_revenue,
        s.recurring_revenue, s.gross_profit, s.debt_outstanding, s.sales_marketing_expense,
        s.total_operating_expense, s.ebitda, s.net_income, s.cash_burn, s.cash_balance, s.employees,
        s.customers, s.fiscal_reporting_date, s.fiscal_reporting_quarter, s.created_date,
        s.created_by, s.last_update_date, s.last_updated_by
    );

comment on view ops.check_financials_are_derived is
'One row per company, quarter and currency whose stored financials are not what the derivation '
'gives. Cure: company.rebuild_derived().';
