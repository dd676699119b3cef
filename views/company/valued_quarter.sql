-- Each reported quarter with canonical signs and the valuation that held at its end: the latest
-- dated round on or before it, or the company's own valuation when it has no dated rounds at all.
create or replace view company.valued_quarter
with (security_invoker = true)
as
select
    i.company_id,
    i.currency,
    i.total_revenue,
    i.recurring_revenue,
    i.gross_profit,
    i.sales_marketing_expense,
    i.total_operating_expense,
    i.ebitda,
    i.net_income,
    case c.burn_sign when 'positive_is_burn' then -i.cash_burn else i.cash_burn end as cash_burn,
    i.cash_balance,
    i.debt_outstanding,
    i.employees,
    i.customers,
    case
        when u.uses_rounds then v.post_money_valuation_amount
        else c.post_money_valuation_amount
    end as post_money_valuation,
    case
        when u.uses_rounds then v.equity_raised_amount
        else c.equity_raised_amount
    end as equity_raised,
    case when u.uses_rounds then v.currency else c.valuation_currency end as valuation_currency,
    i.fiscal_reporting_date,
    i.fiscal_reporting_quarter,
    i.reporting_year,
    i.reporting_quarter,
    i.quarter_ordinal,
    i.created_date,
    i.created_by,
    i.last_update_date,
    i.last_updated_by,
    u.uses_rounds,
    v.valuation_round_id
from company.metrics_input as i
inner join company.company as c on i.company_id = c.company_id
left join lateral (
    select
        w.valuation_round_id,
        w.post_money_valuation_amount,
        w.equity_raised_amount,
        w.currency
    from company.valuation_round as w
    where w.company_id = i.company_id and w.round_on <= i.fiscal_reporting_date
    order by w.round_on desc
    limit 1
) as v on true
cross join lateral (
    select
        v.currency is not null
        or exists (select from company.valuation_round as x where x.company_id = i.company_id)
            as uses_rounds
) as u;

comment on view company.valued_quarter is
'One row per company and reported quarter: the numbers in local currency, cash_burn outflow '
'negative, with the post-money valuation and equity raised that held at the quarter''s end, and '
'the round they are of (null: the company''s own, or none yet where uses_rounds).';
grant select on company.valued_quarter to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
