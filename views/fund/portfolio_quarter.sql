-- What the companies of a fund add up to, quarter by quarter, as kept, how complete that is and how
-- revenue changed: source of bi.portfolio_quarter and of the portfolio's summary. How many
-- companies a fund holds is counted now. A row is for those who see all of the fund: a total over
-- some of its companies would be wrong and not look it; the row of companies without a fund is for
-- those who see every company. Owner-run, for the totals are granted to nobody; who asks is still
-- the reader: functions in a view run as who reads it.
create or replace view fund.portfolio_quarter
with (security_barrier = true)
as
select
    t.fund_id,
    v.name as fund,
    t.reporting_year,
    t.reporting_quarter,
    t.currency,
    (make_date(t.reporting_year, t.reporting_quarter * 3, 1) + interval '1 month')::date - 1
        as quarter_end_date,
    coalesce(h.company_count, 0) + t.archived_company_count as company_count,
    t.reported_company_count,
    t.no_fx_rate_company_count,
    t.reported_company_count = coalesce(h.company_count, 0) + t.archived_company_count
    and t.no_fx_rate_company_count = 0
        as is_complete,
    t.total_revenue,
    t.recurring_revenue,
    t.gross_profit,
    t.sales_marketing_expense,
    t.total_operating_expense,
    t.ebitda,
    t.net_income,
    t.cash_burn,
    t.cash_balance,
    t.debt_outstanding,
    t.total_employees,
    t.total_customers,
    t.arr,
    t.monthly_cash_burn,
    t.change_in_cash,
    t.enterprise_value,
    t.ltm_total_revenue,
    t.ltm_ebitda,
    t.total_revenue_company_count,
    t.recurring_revenue_company_count,
    t.ebitda_company_count,
    t.cash_balance_company_count,
    t.debt_outstanding_company_count,
    t.employees_company_count,
    t.customers_company_count,
    t.enterprise_value_company_count,
    t.ltm_total_revenue_company_count,
    t.revenue_with_prior_quarter,
    t.revenue_of_prior_quarter,
    t.revenue_with_year_ago,
    t.revenue_of_year_ago,
    case
        when t.revenue_of_prior_quarter > 0
            then t.revenue_with_prior_quarter / t.revenue_of_prior_quarter - 1
    end as revenue_growth,
    case
        when t.revenue_of_year_ago > 0
            then t.revenue_with_year_ago / t.revenue_of_year_ago - 1
    end as yoy_growth_revenue
from fund.portfolio_quarter_total as t
left join fund.fund as v on t.fund_id = v.fund_id
-- By a key that is never null, so that the planner hashes it, and leaves it out where nobody asks.
left join (
    select
        coalesce(k.fund_id, '00000000-0000-0000-0000-000000000000') as fund_key,
        count(*) filter (where not k.is_archived) as company_count
    from company.company as k
    group by 1
) as h on coalesce(t.fund_id, '00000000-0000-0000-0000-000000000000') = h.fund_key
where
    (select security.is_unrestricted())
    or t.fund_id = any((select security.visible_funds())::uuid[]);

comment on view fund.portfolio_quarter is
'One row per fund, reported quarter and presentation currency: fund.derived_portfolio_quarter as '
'of the last refresh (fund.portfolio_freshness). Only funds of which the reader sees every '
'company; null fund_id, companies of no fund, for readers who see all companies.';
grant select on fund.portfolio_quarter to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
