-- A submitted quarter counts to the calendar quarter that holds its last day, or to the one whose
-- end is nearest.
create or replace view ops.check_reporting_quarters_match_dates
with (security_invoker = true)
as
select
    i.company_id,
    i.fiscal_reporting_date,
    i.reporting_year,
    i.reporting_quarter,
    'another quarter' as finding
from company.metrics_input as i
where
    i.quarter_ordinal not in (
        company.reporting_ordinal(i.fiscal_reporting_date),
        company.nearest_reporting_ordinal(i.fiscal_reporting_date)
    );

comment on view ops.check_reporting_quarters_match_dates is
'One row per submitted quarter whose reporting quarter is not one that its date allows.';
