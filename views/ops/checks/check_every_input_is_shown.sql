-- A submitted quarter is shown at least in its own currency, where no rate can be missing.
create or replace view ops.check_every_input_is_shown
with (security_invoker = true)
as
select
    i.company_id,
    i.currency,
    i.reporting_year,
    i.reporting_quarter,
    'not shown' as finding
from company.metrics_input as i
left join company.quarterly_reporting_financials as f
    on
        i.company_id = f.company_id
        and i.reporting_year = f.reporting_year
        and i.reporting_quarter = f.reporting_quarter
        and i.currency = f.currency
where f.company_id is null;

comment on view ops.check_every_input_is_shown is
'One row per submitted quarter without financials in its own currency. Cure: '
'company.rebuild_derived().';
