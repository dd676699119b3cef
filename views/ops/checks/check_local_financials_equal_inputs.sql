-- In the currency it was submitted in a quarter is shown as submitted, at rate 1, cash burn as an
-- outflow below zero; people are no money and the same in every currency.
create or replace view ops.check_local_financials_equal_inputs
with (security_invoker = true)
as
select
    f.company_id,
    f.currency,
    f.reporting_year,
    f.reporting_quarter,
    'not as submitted' as finding
from company.quarterly_reporting_financials as f
inner join company.metrics_input as i
    on
        f.company_id = i.company_id
        and f.reporting_year = i.reporting_year
        and f.reporting_quarter = i.reporting_quarter
inner join company.company as c on f.company_id = c.company_id
where
    row(f.employees, f.customers, f.is_reporting_currency)
    is distinct from
    row(i.employees, i.customers, f.currency = i.currency)
    or (
        f.currency = i.currency
        and row(
            1::numeric, 1::numeric, f.total_revenue, f.recurring_revenue, f.gross_profit,
            f.sales_marketing_expense, f.total_operating_expense, f.ebitda, f.net_income,
            f.cash_burn, f.cash_balance, f.debt_outstanding
        )
        is distinct from
        -- Six decimals of an amount are kept.
        row(
            f.exchange_rate_used, f.closing_rate_used, round(i.total_revenue, 6),
            round(i.recurring_revenue, 6), round(i.gross_profit, 6),
            round(i.sales_marketing_expense, 6), round(i.total_operating_expense, 6),
            round(i.ebitda, 6), round(i.net_income, 6),
            round(i.cash_burn, 6) * case c.burn_sign when 'positive_is_burn' then -1 else 1 end,
            round(i.cash_balance, 6), round(i.debt_outstanding, 6)
        )
    );

comment on view ops.check_local_financials_equal_inputs is
'One row per company, quarter and currency whose financials say something else than was submitted. '
'Cure: company.rebuild_derived().';
