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
        when v.round_days is null then c.post_money_valuation_amount
        else v.post_money_valuations[width_bucket(i.fiscal_reporting_date, v.round_days)]
    end as post_money_valuation,
    case
        when v.round_days is null then c.equity_raised_amount
        else v.equities_raised[width_bucket(i.fiscal_reporting_date, v.round_days)]
    end as equity_raised,
    case
        when v.round_days is null then c.valuation_currency
        else v.currencies[width_bucket(i.fiscal_reporting_date, v.round_days)]
    end as valuation_currency,
    i.fiscal_reporting_date,
    i.fiscal_reporting_quarter,
    i.reporting_year,
    i.reporting_quarter,
    i.quarter_ordinal,
    i.created_date,
    i.created_by,
    i.last_update_date,
    i.last_updated_by,
    v.round_days is not null as uses_rounds,
    v.valuation_round_ids[width_bucket(i.fiscal_reporting_date, v.round_days)]
        as valuation_round_id
from company.metrics_input as i
inner join company.company as c on i.company_id = c.company_id
-- A company's rounds are read once, as arrays in the order of their days: the number of days up to
-- a quarter's end is the place of the round that held then; before the first, 0, where nothing is.
left join lateral (
    select
        array_agg(w.round_on order by w.round_on) as round_days,
        array_agg(w.valuation_round_id order by w.round_on) as valuation_round_ids,
        array_agg(w.post_money_valuation_amount order by w.round_on) as post_money_valuations,
        array_agg(w.equity_raised_amount order by w.round_on) as equities_raised,
        array_agg(w.currency order by w.round_on) as currencies
    from company.valuation_round as w
    where w.company_id = c.company_id
) as v on true;

comment on view company.valued_quarter is
'One row per company and reported quarter: the numbers in local currency, cash_burn outflow '
'negative, with the post-money valuation and equity raised that held at the quarter''s end, and '
'the round they are of (null: the company''s own, or none yet where uses_rounds).';
grant select on company.valued_quarter to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
