-- The rulebook of derived metrics (DOMAIN 1.3) for the quarters from p_first_ordinal to
-- p_last_ordinal. A function rather than a view for one reason: the range goes below the windows,
-- where the filter of a view cannot, so that a corrected quarter reads 15 quarters of its company,
-- not the whole history. It is inlined into the query that calls it, like a view (hence no `set
-- search_path`). Every look-back is a `range` over the quarter's number: a missing quarter is a
-- missing operand, never the row before. Ratios of two flows and the runway come from local
-- numbers, so that they are the same in every currency.
create or replace function company.derive_metrics(
    p_first_ordinal integer,
    p_last_ordinal integer
)
returns setof company.quarterly_reporting_metrics
language sql
stable
security invoker
as $$
    select
        q.company_id,
        q.currency,
        q.enterprise_value,
        q.enterprise_value - q.cash_balance as enterprise_value_net,
        q.recurring_revenue * 4 as arr,
        q.local_recurring_revenue / nullif(q.local_total_revenue, 0)
            as recurring_percentage_revenue,
        q.total_revenue * 4 / nullif(q.employees, 0) as revenue_per_fte,
        q.gross_profit * 4 / nullif(q.employees, 0) as gross_profit_per_fte,
        q.employees::numeric / nullif(q.employees_p1, 0) - 1 as employee_growth_rate,
        q.cash_balance - q.cash_balance_p1 as change_in_cash,
        q.change_in_cash_flow,
        q.cash_balance - q.cash_balance_p1 - q.change_in_cash_flow as change_in_cash_fx_effect,
        case
            when q.total_revenue_p1 > 0 then q.total_revenue / q.total_revenue_p1 - 1
        end as revenue_growth,
        case
            when q.local_currency = q.local_currency_p1 and q.local_total_revenue_p1 > 0
                then q.local_total_revenue / q.local_total_revenue_p1 - 1
        end as revenue_growth_constant_currency,
        -q.cash_burn / 3 as monthly_cash_burn,
        case
            when q.local_cash_burn < 0 and q.local_cash_balance <= 0 then 0
            when q.local_cash_burn < 0 then q.local_cash_balance * 3 / -q.local_cash_burn
        end as runway_months,
        case
            when q.equity_raised + q.debt_or_zero > 0
                then q.enterprise_value / (q.equity_raised + q.debt_or_zero)
        end as ev_by_equity_raised_plus_debt,
        q.local_sales_marketing_expense / nullif(q.local_total_revenue, 0)
            as sales_marketing_percentage_revenue,
        q.local_total_operating_expense / nullif(q.local_total_revenue, 0)
            as total_operating_percentage_revenue,
        q.local_gross_profit / nullif(q.local_total_revenue, 0) as gross_profit_margin,
        case
            when q.total_revenue > 0 then q.post_money_valuation / (q.total_revenue * 4)
        end as valuation_to_revenue,
        case
            when q.ltm_total_revenue > 0 then q.post_money_valuation / q.ltm_total_revenue
        end as valuation_to_ltm_revenue,
        case
            when q.total_revenue_p4 > 0 then q.total_revenue / q.total_revenue_p4 - 1
        end as yoy_growth_revenue,
        case
            when q.local_currency = q.local_currency_p4 and q.local_total_revenue_p4 > 0
                then q.local_total_revenue / q.local_total_revenue_p4 - 1
        end as yoy_growth_revenue_constant_currency,
        case
            when q.gross_profit_p4 > 0 then q.gross_profit / q.gross_profit_p4 - 1
        end as yoy_growth_profit,
        q.employees::numeric / nullif(q.employees_p4, 0) - 1 as yoy_growth_employees,
        case
            when q.ltm_total_revenue_p4 > 0
                then q.ltm_total_revenue / q.ltm_total_revenue_p4 - 1
        end as yoy_growth_ltm_revenue,
        q.ltm_total_revenue,
        q.ltm_gross_profit,
        q.ltm_sales_marketing_expense,
        case
            when q.ltm_total_revenue > 0 then q.ltm_gross_profit / q.ltm_total_revenue
        end as ltm_gross_margin,
        q.ltm_operating_expense,
        q.ltm_ebitda,
        q.ltm_net_income,
        case
            when q.ltm_total_revenue > 0 then q.ltm_ebitda / q.ltm_total_revenue
        end as ltm_ebitda_margin,
        case
            when q.ltm_total_revenue > 0 then q.ltm_net_income / q.ltm_total_revenue
        end as ltm_net_income_margin,
        q.assumed_zero_debt,
        q.fiscal_reporting_date,
        q.fiscal_reporting_quarter,
        q.reporting_year,
        q.reporting_quarter,
        q.created_date,
        q.created_by,
        q.last_update_date,
        q.last_updated_by
    from (
        select
            t.company_id,
            t.currency,
            t.total_revenue,
            t.recurring_revenue,
            t.gross_profit,
            t.cash_burn,
            t.cash_balance,
            t.employees,
            t.post_money_valuation,
            t.equity_raised,
            t.local_currency,
            t.local_total_revenue,
            t.local_recurring_revenue,
            t.local_gross_profit,
            t.local_sales_marketing_expense,
            t.local_total_operating_expense,
            t.local_cash_burn,
            t.local_cash_balance,
            t.fiscal_reporting_date,
            t.fiscal_reporting_quarter,
            t.reporting_year,
            t.reporting_quarter,
            t.created_date,
            t.created_by,
            t.last_update_date,
            t.last_updated_by,
            t.quarter_ordinal,
            t.debt_outstanding is null as assumed_zero_debt,
            coalesce(t.debt_outstanding, 0) as debt_or_zero,
            t.post_money_valuation + coalesce(t.debt_outstanding, 0) as enterprise_value,
            max(t.total_revenue) over p1 as total_revenue_p1,
            max(t.local_total_revenue) over p1 as local_total_revenue_p1,
            max(t.local_currency) over p1 as local_currency_p1,
            max(t.employees) over p1 as employees_p1,
            max(t.cash_balance) over p1 as cash_balance_p1,
            case
                when t.local_currency = max(t.local_currency) over p1
                    then round(
                        (t.local_cash_balance - max(t.local_cash_balance) over p1)
                        * t.exchange_rate_used,
                        6
                    )
            end as change_in_cash_flow,
            max(t.total_revenue) over p4 as total_revenue_p4,
            max(t.local_total_revenue) over p4 as local_total_revenue_p4,
            max(t.local_currency) over p4 as local_currency_p4,
            max(t.gross_profit) over p4 as gross_profit_p4,
            max(t.employees) over p4 as employees_p4,
            case
                when count(t.total_revenue) over ltm = 4
                    then sum(t.total_revenue) over ltm
            end as ltm_total_revenue,
            case
                when count(t.gross_profit) over ltm = 4
                    then sum(t.gross_profit) over ltm
            end as ltm_gross_profit,
            case
                when count(t.sales_marketing_expense) over ltm = 4
                    then sum(t.sales_marketing_expense) over ltm
            end as ltm_sales_marketing_expense,
            case
                when count(t.total_operating_expense) over ltm = 4
                    then sum(t.total_operating_expense) over ltm
            end as ltm_operating_expense,
            case when count(t.ebitda) over ltm = 4 then sum(t.ebitda) over ltm end as ltm_ebitda,
            case
                when count(t.net_income) over ltm = 4
                    then sum(t.net_income) over ltm
            end as ltm_net_income,
            case
                when count(t.total_revenue) over ltm_p4 = 4
                    then sum(t.total_revenue) over ltm_p4
            end as ltm_total_revenue_p4
        from company.translated_quarter as t
        where t.quarter_ordinal between p_first_ordinal - 7 and p_last_ordinal
        window
            p1 as (
                partition by t.company_id, t.currency
                order by t.quarter_ordinal range between 1 preceding and 1 preceding
            ),
            p4 as (
                partition by t.company_id, t.currency
                order by t.quarter_ordinal range between 4 preceding and 4 preceding
            ),
            ltm as (
                partition by t.company_id, t.currency
                order by t.quarter_ordinal range between 3 preceding and current row
            ),
            ltm_p4 as (
                partition by t.company_id, t.currency
                order by t.quarter_ordinal range between 7 preceding and 4 preceding
            )
    ) as q
    where q.quarter_ordinal >= p_first_ordinal
$$;

comment on function company.derive_metrics(integer, integer) is
'One row per company, quarter (year * 4 + quarter - 1 between the arguments) and currency: what '
'quarterly_reporting_metrics has to hold, by the rules of company.metric_definition.';
