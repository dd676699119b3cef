-- What the companies of a fund add up to, quarter by quarter: source of bi.portfolio_quarter. A
-- fund's rows are for those who see all of it, which row security says by showing the fund's own
-- row: a total over some of its companies would be wrong and not look it. So a row is the same for
-- everybody who sees it, and may be stored one day.
create or replace view fund.portfolio_quarter
with (security_invoker = true)
as
select
    v.fund_id,
    v.name as fund,
    i.reporting_year,
    i.reporting_quarter,
    p.currency,
    count(*) filter (where c.is_archived) as archived_company_count,
    count(*) as reported_company_count,
    count(*) - count(f.company_id) as no_fx_rate_company_count,
    sum(f.total_revenue) as total_revenue,
    sum(f.recurring_revenue) as recurring_revenue,
    sum(f.gross_profit) as gross_profit,
    sum(f.sales_marketing_expense) as sales_marketing_expense,
    sum(f.total_operating_expense) as total_operating_expense,
    sum(f.ebitda) as ebitda,
    sum(f.net_income) as net_income,
    sum(f.cash_burn) as cash_burn,
    sum(f.cash_balance) as cash_balance,
    sum(f.debt_outstanding) as debt_outstanding,
    sum(i.employees) as total_employees,
    sum(i.customers) as total_customers,
    sum(m.arr) as arr,
    sum(m.monthly_cash_burn) as monthly_cash_burn,
    sum(m.change_in_cash) as change_in_cash,
    sum(m.enterprise_value) as enterprise_value,
    sum(m.ltm_total_revenue) as ltm_total_revenue,
    sum(m.ltm_ebitda) as ltm_ebitda,
    count(f.total_revenue) as total_revenue_company_count,
    count(f.recurring_revenue) as recurring_revenue_company_count,
    count(f.ebitda) as ebitda_company_count,
    count(f.cash_balance) as cash_balance_company_count,
    count(f.debt_outstanding) as debt_outstanding_company_count,
    count(i.employees) as employees_company_count,
    count(i.customers) as customers_company_count,
    count(m.enterprise_value) as enterprise_value_company_count,
    count(m.ltm_total_revenue) as ltm_total_revenue_company_count,
    -- Like for like: only companies that have the revenue of both quarters.
    sum(f.total_revenue) filter (where b.total_revenue is not null)
        as revenue_with_prior_quarter,
    sum(b.total_revenue) filter (where f.total_revenue is not null)
        as revenue_of_prior_quarter,
    sum(f.total_revenue) filter (where y.total_revenue is not null)
        as revenue_with_year_ago,
    sum(y.total_revenue) filter (where f.total_revenue is not null)
        as revenue_of_year_ago
from company.metrics_input as i
inner join company.company as c on i.company_id = c.company_id
left join fund.fund as v on c.fund_id = v.fund_id
-- As an array: the planner takes a view of a setting for a hundred rows, and plans for those.
cross join unnest(array(select s.currency from fx.presentation_currency as s)) as p (currency)
left join company.quarterly_reporting_financials as f
    on
        i.company_id = f.company_id
        and i.reporting_year = f.reporting_year
        and i.reporting_quarter = f.reporting_quarter
        and p.currency = f.currency
left join company.quarterly_reporting_metrics as m
    on
        i.company_id = m.company_id
        and i.reporting_year = m.reporting_year
        and i.reporting_quarter = m.reporting_quarter
        and p.currency = m.currency
left join company.quarterly_reporting_financials as b
    on
        i.company_id = b.company_id
        and i.reporting_year - (i.reporting_quarter = 1)::integer = b.reporting_year
        and (i.reporting_quarter + 2) % 4 + 1 = b.reporting_quarter
        and p.currency = b.currency
left join company.quarterly_reporting_financials as y
    on
        i.company_id = y.company_id
        and i.reporting_year - 1 = y.reporting_year
        and i.reporting_quarter = y.reporting_quarter
        and p.currency = y.currency
where
    v.fund_id is not null
    or (c.fund_id is null and (select security.is_unrestricted()))
group by v.fund_id, v.name, i.reporting_year, i.reporting_quarter, p.currency;

comment on view fund.portfolio_quarter is
'One row per fund, reported quarter and presentation currency: what its companies'' numbers add up '
'to, how many are in each sum, and revenue a quarter and a year before of the same companies. Null '
'fund_id: companies of no fund. Source of bi.portfolio_quarter.';
grant select on fund.portfolio_quarter to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
