-- Stores the financials of quarters that have none yet. Looking for older rows, as
-- company.refresh_financials has to, is half as much work again.
create or replace function company.add_financials(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer
)
returns bigint
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_added bigint;
begin
    insert into company.quarterly_reporting_financials (
        company_id,
        currency,
        is_reporting_currency,
        exchange_rate_used,
        closing_rate_used,
        total_revenue,
        recurring_revenue,
        gross_profit,
        debt_outstanding,
        sales_marketing_expense,
        total_operating_expense,
        ebitda,
        net_income,
        cash_burn,
        cash_balance,
        employees,
        customers,
        fiscal_reporting_date,
        fiscal_reporting_quarter,
        reporting_year,
        reporting_quarter,
        created_date,
        created_by,
        last_update_date,
        last_updated_by
    )
    select
        f.company_id,
        f.currency,
        f.is_reporting_currency,
        f.exchange_rate_used,
        f.closing_rate_used,
        f.total_revenue,
        f.recurring_revenue,
        f.gross_profit,
        f.debt_outstanding,
        f.sales_marketing_expense,
        f.total_operating_expense,
        f.ebitda,
        f.net_income,
        f.cash_burn,
        f.cash_balance,
        f.employees,
        f.customers,
        f.fiscal_reporting_date,
        f.fiscal_reporting_quarter,
        f.reporting_year,
        f.reporting_quarter,
        f.created_date,
        f.created_by,
        f.last_update_date,
        f.last_updated_by
    from company.derived_financials as f
    where
        f.company_id = any(p_company_ids)
        and f.quarter_ordinal between p_first_ordinal and p_last_ordinal;
    get diagnostics v_added = row_count;
    return v_added;
end
$$;

comment on function company.add_financials(text[], integer, integer) is
'Stores quarterly_reporting_financials of some companies and quarters that have none yet; returns '
'the number of rows.';
