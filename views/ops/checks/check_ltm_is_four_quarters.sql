-- Twelve months are four quarters in a row, each with its number: counted here by joining quarters,
-- not by the derivation's windows.
create or replace view ops.check_ltm_is_four_quarters
with (security_invoker = true)
as
select
    m.company_id,
    m.currency,
    m.reporting_year,
    m.reporting_quarter,
    'not the sum' as finding
from company.quarterly_reporting_metrics as m
inner join company.quarterly_reporting_financials as f
    on
        m.company_id = f.company_id
        and m.currency = f.currency
        and f.reporting_year * 4 + f.reporting_quarter
        between m.reporting_year * 4 + m.reporting_quarter - 3
        and m.reporting_year * 4 + m.reporting_quarter
group by m.company_id, m.currency, m.reporting_year, m.reporting_quarter
having
    row(m.ltm_total_revenue, m.ltm_gross_profit, m.ltm_ebitda, m.ltm_net_income)
    is distinct from
    row(
        case when count(f.total_revenue) = 4 then sum(f.total_revenue) end,
        case when count(f.gross_profit) = 4 then sum(f.gross_profit) end,
        case when count(f.ebitda) = 4 then sum(f.ebitda) end,
        case when count(f.net_income) = 4 then sum(f.net_income) end
    );

comment on view ops.check_ltm_is_four_quarters is
'One row per company, quarter and currency whose last twelve months are not the sum of its four '
'quarters, or are there with one of them missing. Cure: company.rebuild_derived().';
