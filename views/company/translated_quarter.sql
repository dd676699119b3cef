-- The named source of the derivation: each reported quarter in each currency it is shown in, with
-- the local numbers and the valuation beside it. Flows at the quarter's average rate, balances and
-- valuations at its closing rate (IAS 21.39, ASC 830-30-45); headcounts and dates are not money. A
-- quarter without a rate has no row in that currency (no_fx_rate): never rate 1.
create or replace view company.translated_quarter
with (security_invoker = true)
as
select
    q.company_id,
    r.to_currency as currency,
    r.to_currency = q.currency as is_reporting_currency,
    r.flow_rate as exchange_rate_used,
    r.closing_rate as closing_rate_used,
    round(q.total_revenue * r.flow_rate, 6) as total_revenue,
    round(q.recurring_revenue * r.flow_rate, 6) as recurring_revenue,
    round(q.gross_profit * r.flow_rate, 6) as gross_profit,
    round(q.sales_marketing_expense * r.flow_rate, 6) as sales_marketing_expense,
    round(q.total_operating_expense * r.flow_rate, 6) as total_operating_expense,
    round(q.ebitda * r.flow_rate, 6) as ebitda,
    round(q.net_income * r.flow_rate, 6) as net_income,
    round(q.cash_burn * r.flow_rate, 6) as cash_burn,
    round(q.cash_balance * r.closing_rate, 6) as cash_balance,
    round(q.debt_outstanding * r.closing_rate, 6) as debt_outstanding,
    q.employees,
    q.customers,
    round(
        q.post_money_valuation
        * case when q.valuation_currency = q.currency then r.closing_rate else v.closing_rate end,
        6
    ) as post_money_valuation,
    round(
        q.equity_raised
        * case when q.valuation_currency = q.currency then r.closing_rate else v.closing_rate end,
        6
    ) as equity_raised,
    q.currency as local_currency,
    q.total_revenue as local_total_revenue,
    q.recurring_revenue as local_recurring_revenue,
    q.gross_profit as local_gross_profit,
    q.sales_marketing_expense as local_sales_marketing_expense,
    q.total_operating_expense as local_total_operating_expense,
    q.cash_burn as local_cash_burn,
    q.cash_balance as local_cash_balance,
    q.fiscal_reporting_date,
    q.fiscal_reporting_quarter,
    q.reporting_year,
    q.reporting_quarter,
    q.quarter_ordinal,
    q.created_date,
    q.created_by,
    q.last_update_date,
    q.last_updated_by
from company.valued_quarter as q
inner join fx.quarter_rate as r
    on q.currency = r.from_currency and q.fiscal_reporting_date = r.quarter_end_on
-- Looked up for valuations in another currency only, which are few. As a join it is looked up for
-- all, and its plan depends on a guess of how many there are.
cross join
    lateral (
        select
            (
                select x.closing_rate
                from fx.quarter_rate as x
                where
                    x.from_currency = q.valuation_currency
                    and x.quarter_end_on = q.fiscal_reporting_date
                    and x.to_currency = r.to_currency
            ) as closing_rate
    ) as v
where
    r.flow_rate is not null
    and r.closing_rate is not null
    and (
        r.to_currency = q.currency
        or r.to_currency in (select p.currency from fx.presentation_currency as p)
    );

comment on view company.translated_quarter is
'One row per company, quarter and currency it is shown in: the reported numbers translated, '
'cash_burn outflow negative, with the local numbers and the valuation at the quarter''s end. '
'Source of the derivation.';
grant select on company.translated_quarter to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
