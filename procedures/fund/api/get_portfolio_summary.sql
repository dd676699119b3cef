-- GET /v1/portfolio/summary: each fund's latest quarter, by an end when one is given, in each
-- currency; and what the funds that have the latest of these quarters add up to. Quarters are never
-- mixed in a total. From the kept totals: `meta` says how fresh they are.
create or replace function fund.get_portfolio_summary(
    p_fund text default null,
    p_currency text default null,
    p_reporting_year integer default null,
    p_reporting_quarter integer default null
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if p_reporting_year is null and p_reporting_quarter is not null then
        raise exception using
            errcode = 'QB400',
            constraint = 'reporting_quarter_has_year',
            column = 'reporting_quarter',
            message = 'A quarter needs its year.',
            hint = 'Send reporting_year too, or neither.';
    end if;

    return query
    with
    latest as materialized (
        select r.*
        from fund.portfolio_quarter_record as r
        -- By keys first: what is shown is then computed for the latest rows only.
        where (
            coalesce(r.fund_id::text, ''), r.currency, r.reporting_year * 4 + r.reporting_quarter
        ) in (
            select
                coalesce(q.fund_id::text, ''),
                q.currency,
                max(q.reporting_year * 4 + q.reporting_quarter)
            from fund.portfolio_quarter as q
            where
                (p_fund is null or q.fund = p_fund or q.fund_id::text = p_fund)
                and (p_currency is null or q.currency = p_currency)
                and (
                    p_reporting_year is null
                    or q.reporting_year * 4 + q.reporting_quarter
                    <= p_reporting_year * 4 + coalesce(p_reporting_quarter, 4)
                )
            group by 1, 2
        )
    ),

    total as (
        select
            l.currency,
            l.reporting_year,
            l.reporting_quarter,
            l.quarter_end_date,
            count(*) as fund_count,
            sum(l.company_count) as company_count,
            sum(l.reported_company_count) as reported_company_count,
            sum(l.no_fx_rate_company_count) as no_fx_rate_company_count,
            bool_and(l.is_complete) as is_complete,
            trim_scale(sum(l.total_revenue)) as total_revenue,
            trim_scale(sum(l.recurring_revenue)) as recurring_revenue,
            trim_scale(sum(l.gross_profit)) as gross_profit,
            trim_scale(sum(l.sales_marketing_expense)) as sales_marketing_expense,
            trim_scale(sum(l.total_operating_expense)) as total_operating_expense,
            trim_scale(sum(l.ebitda)) as ebitda,
            trim_scale(sum(l.net_income)) as net_income,
            trim_scale(sum(l.cash_burn)) as cash_burn,
            trim_scale(sum(l.cash_balance)) as cash_balance,
            trim_scale(sum(l.debt_outstanding)) as debt_outstanding,
            trim_scale(sum(l.arr)) as arr,
            trim_scale(sum(l.monthly_cash_burn)) as monthly_cash_burn,
            trim_scale(sum(l.change_in_cash)) as change_in_cash,
            trim_scale(sum(l.enterprise_value)) as enterprise_value,
            trim_scale(sum(l.ltm_total_revenue)) as ltm_total_revenue,
            trim_scale(sum(l.ltm_ebitda)) as ltm_ebitda,
            sum(l.total_employees) as total_employees,
            sum(l.total_customers) as total_customers,
            trim_scale(sum(l.revenue_with_prior_quarter)) as revenue_with_prior_quarter,
            trim_scale(sum(l.revenue_of_prior_quarter)) as revenue_of_prior_quarter,
            trim_scale(sum(l.revenue_with_year_ago)) as revenue_with_year_ago,
            trim_scale(sum(l.revenue_of_year_ago)) as revenue_of_year_ago,
            case
                when sum(l.revenue_of_prior_quarter) > 0
                    then sum(l.revenue_with_prior_quarter) / sum(l.revenue_of_prior_quarter) - 1
            end as revenue_growth,
            case
                when sum(l.revenue_of_year_ago) > 0
                    then sum(l.revenue_with_year_ago) / sum(l.revenue_of_year_ago) - 1
            end as yoy_growth_revenue
        from latest as l
        where l.quarter_end_date = (select max(x.quarter_end_date) from latest as x)
        group by l.currency, l.reporting_year, l.reporting_quarter, l.quarter_end_date
    )

    select
        200,
        null::text,
        ops.success_body(
            200,
            'Portfolio summary.',
            json_build_object(
                'totals', (
                    select coalesce(json_agg(to_json(t) order by t.currency), '[]') from total as t
                ),
                'funds', (
                    select coalesce(json_agg(to_json(l) order by l.fund, l.currency), '[]')
                    from latest as l
                )
            ),
            to_json(f)
        )
    from fund.portfolio_freshness() as f;
end
$$;

comment on function fund.get_portfolio_summary(text, text, integer, integer) is
'Latest quarter of each fund and currency (by the end of p_reporting_year and p_reporting_quarter '
'when given) with change of revenue since the quarter and the year before of the same companies, '
'and totals of the funds in the latest of these quarters. meta: refreshed_at and stale_since of '
'fund.portfolio_freshness. Raises QB400 reporting_quarter_has_year.';
grant execute on function fund.get_portfolio_summary(text, text, integer, integer) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
