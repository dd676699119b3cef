-- What company.quarterly_reporting_financials has to hold for some companies, the quarters from
-- p_first_ordinal to p_last_ordinal, and some currencies or all: the translated numbers. It is
-- inlined into the query that calls it, like a view (hence no `set search_path`), and a function
-- for its rows are the table's by definition.
create or replace function company.derive_financials(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer,
    p_currencies text[] default null
)
returns setof company.quarterly_reporting_financials
language sql
stable
security invoker
as $$
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
        t.last_updated_by
    from company.translated_quarter as t
    where
        t.company_id = any(p_company_ids)
        and t.quarter_ordinal between p_first_ordinal and p_last_ordinal
        and (p_currencies is null or t.currency = any(p_currencies))
$$;

comment on function company.derive_financials(text[], integer, integer, text[]) is
'One row per company named, quarter (year * 4 + quarter - 1 between the two ordinals) and currency '
'(null: all): what quarterly_reporting_financials has to hold.';
