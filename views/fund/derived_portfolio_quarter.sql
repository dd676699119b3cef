-- What the companies of a fund add up to, quarter by quarter: what fund.portfolio_quarter_total
-- keeps. A quarter's row reads inputs and financials of that quarter, of the one before and of a
-- year before, and metrics that look back three: a change of one quarter reaches the rows up to
-- four later (fund.mark_portfolio). Whoever makes it look back further says so there.
create or replace view fund.derived_portfolio_quarter
with (security_invoker = true)
as
select
    c.fund_id,
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
-- As an array: the planner takes a view of a setting for a hundred rows, and plans for those.
cross join unnest(array(select s.currency from fx.presentation_currency as s)) as p (currency)
-- One row by its key each, whatever is known of the tables: `limit 1` keeps it from being a join of
-- whole quarters, `|| ''` keeps it from the index that begins with the currency.
left join lateral (
    select
        x.company_id,
        x.total_revenue,
        x.recurring_revenue,
        x.gross_profit,
        x.sales_marketing_expense,
        x.total_operating_expense,
        x.ebitda,
        x.net_income,
        x.cash_burn,
        x.cash_balance,
        x.debt_outstanding
    from company.quarterly_reporting_financials as x
    where
        x.company_id = i.company_id
        and x.reporting_year = i.reporting_year
        and x.reporting_quarter = i.reporting_quarter
        and x.currency || '' = p.currency
    order by x.currency
    limit 1
) as f on true
left join lateral (
    select
        x.arr,
        x.monthly_cash_burn,
        x.change_in_cash,
        x.enterprise_value,
        x.ltm_total_revenue,
        x.ltm_ebitda
    from company.quarterly_reporting_metrics as x
    where
        x.company_id = i.company_id
        and x.reporting_year = i.reporting_year
        and x.reporting_quarter = i.reporting_quarter
        and x.currency || '' = p.currency
    order by x.currency
    limit 1
) as m on true
left join lateral (
    select x.total_revenue
    from company.quarterly_reporting_financials as x
    where
        x.company_id = i.company_id
        and x.reporting_year = i.reporting_year - (i.reporting_quarter = 1)::integer
        and x.reporting_quarter = (i.reporting_quarter + 2) % 4 + 1
        and x.currency || '' = p.currency
    order by x.currency
    limit 1
) as b on true
left join lateral (
    select x.total_revenue
    from company.quarterly_reporting_financials as x
    where
        x.company_id = i.company_id
        and x.reporting_year = i.reporting_year - 1
        and x.reporting_quarter = i.reporting_quarter
        and x.currency || '' = p.currency
    order by x.currency
    limit 1
) as y on true
group by c.fund_id, i.reporting_year, i.reporting_quarter, p.currency;

comment on view fund.derived_portfolio_quarter is
'One row per fund, reported quarter and presentation currency: what its companies'' numbers add up '
'to, how many are in each sum, and revenue a quarter and a year before of the same companies. Null '
'fund_id: companies of no fund. Seconds of work for all; fund.portfolio_quarter has it kept.';
