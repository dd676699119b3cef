-- Brings the stored financials of some companies, for a range of quarters, up to what their inputs
-- and rates say. Rows that are right already are not written again.
create or replace function company.refresh_financials(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer,
    p_currencies text[] default null
)
returns bigint
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_written bigint;
    v_removed bigint := 0;
begin
    -- The function returns rows of this very table: the columns are the same by definition.
    insert into company.quarterly_reporting_financials as d
    select f.*
    from company.derive_financials(
        p_company_ids, p_first_ordinal, p_last_ordinal, p_currencies
    ) as f
    on conflict (company_id, reporting_year, reporting_quarter, currency) do update
    set
        is_reporting_currency = excluded.is_reporting_currency,
        exchange_rate_used = excluded.exchange_rate_used,
        closing_rate_used = excluded.closing_rate_used,
        total_revenue = excluded.total_revenue,
        recurring_revenue = excluded.recurring_revenue,
        gross_profit = excluded.gross_profit,
        debt_outstanding = excluded.debt_outstanding,
        sales_marketing_expense = excluded.sales_marketing_expense,
        total_operating_expense = excluded.total_operating_expense,
        ebitda = excluded.ebitda,
        net_income = excluded.net_income,
        cash_burn = excluded.cash_burn,
        cash_balance = excluded.cash_balance,
        employees = excluded.employees,
        customers = excluded.customers,
        fiscal_reporting_date = excluded.fiscal_reporting_date,
        fiscal_reporting_quarter = excluded.fiscal_reporting_quarter,
        created_date = excluded.created_date,
        created_by = excluded.created_by,
        last_update_date = excluded.last_update_date,
        last_updated_by = excluded.last_updated_by
    where d.* is distinct from excluded.*;
    get diagnostics v_written = row_count;

    -- Every derived row is stored now. One that is left over is rare, and makes one more.
    if (
        select count(*)
        from company.quarterly_reporting_financials as d
        where
            d.company_id = any(p_company_ids)
            and d.reporting_year between p_first_ordinal / 4 and p_last_ordinal / 4
            and d.reporting_year * 4 + d.reporting_quarter - 1
            between p_first_ordinal and p_last_ordinal
            and (p_currencies is null or d.currency = any(p_currencies))
    ) > (
        select count(*)
        from company.derive_financials(
            p_company_ids, p_first_ordinal, p_last_ordinal, p_currencies
        ) as f
    ) then
        delete from company.quarterly_reporting_financials as d
        where
            d.company_id = any(p_company_ids)
            and d.reporting_year between p_first_ordinal / 4 and p_last_ordinal / 4
            and d.reporting_year * 4 + d.reporting_quarter - 1
            between p_first_ordinal and p_last_ordinal
            and (p_currencies is null or d.currency = any(p_currencies))
            and not exists (
                select
                from company.derive_financials(
                    p_company_ids, p_first_ordinal, p_last_ordinal, p_currencies
                ) as f
                where
                    f.company_id = d.company_id
                    and f.reporting_year = d.reporting_year
                    and f.reporting_quarter = d.reporting_quarter
                    and f.currency = d.currency
            );
        get diagnostics v_removed = row_count;
    end if;

    return v_written + v_removed;
end
$$;

comment on function company.refresh_financials(text[], integer, integer, text[]) is
'Brings quarterly_reporting_financials of some companies and quarters up to their inputs; '
'returns the number of rows written or removed.';
