-- The rulebook of derived metrics (DOMAIN 1.3) for some companies, the quarters from
-- p_first_ordinal to p_last_ordinal, and some currencies or all. A function rather than a view for
-- one reason: the range goes below the windows, where the filter of a view cannot, so that a
-- corrected quarter reads 15 quarters of its company, not the whole history. `offset 0` keeps the
-- translation below them too: without it a translated number is computed once for each place that
-- names it, a sixth of the whole. It is inlined into the query that calls it, like a view (hence no
-- `set search_path`). Every look-back is by the quarter's number: the row before counts only if its
-- number is one less, four rows in a row only if the first is exactly three quarters back. A
-- missing quarter is a missing operand. Frames by range say the same and take half as long again; a
-- lag for each number takes a seventh longer than one for `numbers`, all that is looked back at as
-- one value. Ratios of two flows and the runway come from local numbers, so that they are the same
-- in every currency.
create or replace function company.derive_metrics(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer,
    p_currencies text[] default null
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
            s.*,
            s.debt_outstanding is null as assumed_zero_debt,
            coalesce(s.debt_outstanding, 0) as debt_or_zero,
            s.post_money_valuation + coalesce(s.debt_outstanding, 0) as enterprise_value,
            case when s.has_p1 then (lag(s.numbers, 1) over w)[1] end as total_revenue_p1,
            case when s.has_p1 then (lag(s.numbers, 1) over w)[9] end as local_total_revenue_p1,
            case when s.has_p1 then lag(s.local_currency, 1) over w end as local_currency_p1,
            case when s.has_p1 then (lag(s.numbers, 1) over w)[7] end as employees_p1,
            case when s.has_p1 then (lag(s.numbers, 1) over w)[8] end as cash_balance_p1,
            case
                when s.has_p1 and s.local_currency = lag(s.local_currency, 1) over w
                    then round((
                        s.local_cash_balance - (lag(s.numbers, 1) over w)[10]
                    ) * s.exchange_rate_used, 6)
            end as change_in_cash_flow,
            (lag(s.numbers, s.p4) over w)[1] as total_revenue_p4,
            (lag(s.numbers, s.p4) over w)[9] as local_total_revenue_p4,
            lag(s.local_currency, s.p4) over w as local_currency_p4,
            (lag(s.numbers, s.p4) over w)[2] as gross_profit_p4,
            (lag(s.numbers, s.p4) over w)[7] as employees_p4,
            case
                when s.has_ltm
                    then s.total_revenue + (lag(s.numbers, 1) over w)[1]
                        + (lag(s.numbers, 2) over w)[1] + (lag(s.numbers, 3) over w)[1]
            end as ltm_total_revenue,
            case
                when s.has_ltm
                    then s.gross_profit + (lag(s.numbers, 1) over w)[2]
                        + (lag(s.numbers, 2) over w)[2] + (lag(s.numbers, 3) over w)[2]
            end as ltm_gross_profit,
            case
                when s.has_ltm
                    then s.sales_marketing_expense + (lag(s.numbers, 1) over w)[3]
                        + (lag(s.numbers, 2) over w)[3] + (lag(s.numbers, 3) over w)[3]
            end as ltm_sales_marketing_expense,
            case
                when s.has_ltm
                    then s.total_operating_expense + (lag(s.numbers, 1) over w)[4]
                        + (lag(s.numbers, 2) over w)[4] + (lag(s.numbers, 3) over w)[4]
            end as ltm_operating_expense,
            case
                when s.has_ltm
                    then s.ebitda + (lag(s.numbers, 1) over w)[5]
                        + (lag(s.numbers, 2) over w)[5] + (lag(s.numbers, 3) over w)[5]
            end as ltm_ebitda,
            case
                when s.has_ltm
                    then s.net_income + (lag(s.numbers, 1) over w)[6]
                        + (lag(s.numbers, 2) over w)[6] + (lag(s.numbers, 3) over w)[6]
            end as ltm_net_income,
            case
                when s.has_two_ltm
                    then (lag(s.numbers, 4) over w)[1] + (lag(s.numbers, 5) over w)[1]
                        + (lag(s.numbers, 6) over w)[1] + (lag(s.numbers, 7) over w)[1]
            end as ltm_total_revenue_p4
        from (
            select
                t.*,
                array[
                    t.total_revenue, t.gross_profit, t.sales_marketing_expense,
                    t.total_operating_expense, t.ebitda, t.net_income, t.employees,
                    t.cash_balance, t.local_total_revenue, t.local_cash_balance
                ] as numbers,
                lag(t.quarter_ordinal) over w = t.quarter_ordinal - 1 as has_p1,
                lag(t.quarter_ordinal, 3) over w = t.quarter_ordinal - 3 as has_ltm,
                lag(t.quarter_ordinal, 7) over w = t.quarter_ordinal - 7 as has_two_ltm,
                case t.quarter_ordinal - 4
                    when lag(t.quarter_ordinal, 4) over w then 4
                    when lag(t.quarter_ordinal, 3) over w then 3
                    when lag(t.quarter_ordinal, 2) over w then 2
                    when lag(t.quarter_ordinal) over w then 1
                end as p4
            from (
                select r.*
                from company.translated_quarter as r
                where
                    r.company_id = any(p_company_ids)
                    and r.quarter_ordinal between p_first_ordinal - 7 and p_last_ordinal
                    and (p_currencies is null or r.currency = any(p_currencies))
                offset 0
            ) as t
            window w as (partition by t.company_id, t.currency order by t.quarter_ordinal)
        ) as s
        window w as (partition by s.company_id, s.currency order by s.quarter_ordinal)
    ) as q
    where q.quarter_ordinal >= p_first_ordinal
$$;

comment on function company.derive_metrics(text[], integer, integer, text[]) is
'One row per company named, quarter (year * 4 + quarter - 1 between the two ordinals) and currency '
'(null: all): what quarterly_reporting_metrics has to hold, by the rules of '
'company.metric_definition.';
