-- The stored number of quarters is the number of quarters there are.
create or replace view ops.check_quarter_counts_are_right
with (security_invoker = true)
as
select
    coalesce(f.company_id, q.company_id) as company_id,
    coalesce(f.currency, q.currency) as currency,
    coalesce(q.quarters, 0) as stored_quarters,
    coalesce(f.quarters, 0) as derived_quarters
from (
    select
        r.company_id,
        r.currency,
        count(*) as quarters
    from company.quarterly_reporting_financials as r
    group by r.company_id, r.currency
) as f
full join company.quarter_count as q on f.company_id = q.company_id and f.currency = q.currency
where q.quarters is distinct from f.quarters;

comment on view ops.check_quarter_counts_are_right is
'One row per company and currency whose number of quarters is stored wrongly. Cure: '
'company.recount_quarters().';
