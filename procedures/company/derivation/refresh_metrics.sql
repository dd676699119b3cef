-- Brings the stored metrics of some companies, for a range of quarters, up to what their inputs,
-- rates and valuations say. Rows that are right already are not written again.
create or replace function company.refresh_metrics(
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
    insert into company.quarterly_reporting_metrics as d
    select m.*
    from company.derive_metrics(
        p_company_ids, p_first_ordinal, p_last_ordinal, p_currencies
    ) as m
    on conflict (company_id, reporting_year, reporting_quarter, currency) do update
    set
        enterprise_value = excluded.enterprise_value,
        enterprise_value_net = excluded.enterprise_value_net,
        arr = excluded.arr,
        recurring_percentage_revenue = excluded.recurring_percentage_revenue,
        revenue_per_fte = excluded.revenue_per_fte,
        gross_profit_per_fte = excluded.gross_profit_per_fte,
        employee_growth_rate = excluded.employee_growth_rate,
        change_in_cash = excluded.change_in_cash,
        change_in_cash_flow = excluded.change_in_cash_flow,
        change_in_cash_fx_effect = excluded.change_in_cash_fx_effect,
        revenue_growth = excluded.revenue_growth,
        revenue_growth_constant_currency = excluded.revenue_growth_constant_currency,
        monthly_cash_burn = excluded.monthly_cash_burn,
        runway_months = excluded.runway_months,
        ev_by_equity_raised_plus_debt = excluded.ev_by_equity_raised_plus_debt,
        sales_marketing_percentage_revenue = excluded.sales_marketing_percentage_revenue,
        total_operating_percentage_revenue = excluded.total_operating_percentage_revenue,
        gross_profit_margin = excluded.gross_profit_margin,
        valuation_to_revenue = excluded.valuation_to_revenue,
        valuation_to_ltm_revenue = excluded.valuation_to_ltm_revenue,
        yoy_growth_revenue = excluded.yoy_growth_revenue,
        yoy_growth_revenue_constant_currency = excluded.yoy_growth_revenue_constant_currency,
        yoy_growth_profit = excluded.yoy_growth_profit,
        yoy_growth_employees = excluded.yoy_growth_employees,
        yoy_growth_ltm_revenue = excluded.yoy_growth_ltm_revenue,
        ltm_total_revenue = excluded.ltm_total_revenue,
        ltm_gross_profit = excluded.ltm_gross_profit,
        ltm_sales_marketing_expense = excluded.ltm_sales_marketing_expense,
        ltm_gross_margin = excluded.ltm_gross_margin,
        ltm_operating_expense = excluded.ltm_operating_expense,
        ltm_ebitda = excluded.ltm_ebitda,
        ltm_net_income = excluded.ltm_net_income,
        ltm_ebitda_margin = excluded.ltm_ebitda_margin,
        ltm_net_income_margin = excluded.ltm_net_income_margin,
        assumed_zero_debt = excluded.assumed_zero_debt,
        fiscal_reporting_date = excluded.fiscal_reporting_date,
        fiscal_reporting_quarter = excluded.fiscal_reporting_quarter,
        created_date = excluded.created_date,
        created_by = excluded.created_by,
        last_update_date = excluded.last_update_date,
        last_updated_by = excluded.last_updated_by
    where d.* is distinct from excluded.*;
    get diagnostics v_written = row_count;

    -- Every financials row has its metrics row, and no other: the cheaper of two ways to tell.
    -- Whatever is left over makes one more.
    if (
        select count(*)
        from company.quarterly_reporting_metrics as d
        where
            d.company_id = any(p_company_ids)
            and d.reporting_year between p_first_ordinal / 4 and p_last_ordinal / 4
            and d.reporting_year * 4 + d.reporting_quarter - 1
            between p_first_ordinal and p_last_ordinal
            and (p_currencies is null or d.currency = any(p_currencies))
    ) > (
        select count(*)
        from company.quarterly_reporting_financials as f
        where
            f.company_id = any(p_company_ids)
            and f.reporting_year between p_first_ordinal / 4 and p_last_ordinal / 4
            and f.reporting_year * 4 + f.reporting_quarter - 1
            between p_first_ordinal and p_last_ordinal
            and (p_currencies is null or f.currency = any(p_currencies))
    ) then
        delete from company.quarterly_reporting_metrics as d
        where
            d.company_id = any(p_company_ids)
            and d.reporting_year between p_first_ordinal / 4 and p_last_ordinal / 4
            and d.reporting_year * 4 + d.reporting_quarter - 1
            between p_first_ordinal and p_last_ordinal
            and (p_currencies is null or d.currency = any(p_currencies))
            and not exists (
                select
                from company.quarterly_reporting_financials as f
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

comment on function company.refresh_metrics(text[], integer, integer, text[]) is
'Brings quarterly_reporting_metrics of some companies and quarters up to their inputs; returns the '
'number of rows written or removed. Financials are refreshed first.';
