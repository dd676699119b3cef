-- Stored financials are what inputs and rates say today: none missing, none left over, none
-- different.
create or replace view ops.check_financials_are_derived
with (security_invoker = true)
as
select
    coalesce(d.company_id, s.company_id) as company_id,
    coalesce(d.currency, s.currency) as currency,
    coalesce(d.reporting_year, s.reporting_year) as reporting_year,
    coalesce(d.reporting_quarter, s.reporting_quarter) as reporting_quarter,
    case
        when s.company_id is null then 'missing'
        when d.company_id is null then 'left over'
        else 'different'
    end as finding
from
    company.derive_financials(array(select c.company_id from company.company as c), 0, 100000) as d
full join company.quarterly_reporting_financials as s
    on
        d.company_id = s.company_id
        and d.reporting_year = s.reporting_year
        and d.reporting_quarter = s.reporting_quarter
        and d.currency = s.currency
-- Both sides are of the table's row type, so whole rows can be compared.
where d.* is distinct from s.*;

comment on view ops.check_financials_are_derived is
'One row per company, quarter and currency whose stored financials are not what the derivation '
'gives. Cure: company.rebuild_derived().';
