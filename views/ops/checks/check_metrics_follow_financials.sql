-- Every financials row has its metrics row, and every metrics row its financials.
create or replace view ops.check_metrics_follow_financials
with (security_invoker = true)
as
select
    coalesce(f.company_id, m.company_id) as company_id,
    coalesce(f.currency, m.currency) as currency,
    coalesce(f.reporting_year, m.reporting_year) as reporting_year,
    coalesce(f.reporting_quarter, m.reporting_quarter) as reporting_quarter,
    case when m.company_id is null then 'no metrics' else 'no financials' end as finding
from company.quarterly_reporting_financials as f
full join company.quarterly_reporting_metrics as m
    on
        f.company_id = m.company_id
        and f.reporting_year = m.reporting_year
        and f.reporting_quarter = m.reporting_quarter
        and f.currency = m.currency
where f.company_id is null or m.company_id is null;

comment on view ops.check_metrics_follow_financials is
'One row per company, quarter and currency with financials or metrics alone. Cure: '
'company.rebuild_derived().';
