-- Kept totals are what the companies' numbers add up to, where no change is waiting to be in them.
create or replace view ops.check_portfolio_is_current
with (security_invoker = true)
as
select
    coalesce(d.fund_id, t.fund_id) as fund_id,
    coalesce(d.reporting_year, t.reporting_year) as reporting_year,
    coalesce(d.reporting_quarter, t.reporting_quarter) as reporting_quarter,
    coalesce(d.currency, t.currency) as currency,
    case
        when t.currency is null then 'missing'
        when d.currency is null then 'left over'
        else 'different'
    end as finding
from fund.derived_portfolio_quarter as d
full join fund.portfolio_quarter_total as t
    on
        -- A full join takes equality only: an empty text stands for no fund.
        coalesce(d.fund_id::text, '') = coalesce(t.fund_id::text, '')
        and d.reporting_year = t.reporting_year
        and d.reporting_quarter = t.reporting_quarter
        and d.currency = t.currency
where
    row(d.*) is distinct from row(t.*)
    and fund._outdated_since() is null
    and not exists (
        select
        from fund.portfolio_change as m
        where
            m.fund_id is not distinct from coalesce(d.fund_id, t.fund_id)
            and coalesce(d.reporting_year, t.reporting_year) * 4
            + coalesce(d.reporting_quarter, t.reporting_quarter) - 1
            between m.first_ordinal and m.last_ordinal
    );

comment on view ops.check_portfolio_is_current is
'One row per fund, quarter and currency whose kept totals are not what its companies add up to, '
'and that no refresh is about to compute. Cure: fund.rebuild_portfolio().';
