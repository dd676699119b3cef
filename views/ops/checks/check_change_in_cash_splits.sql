-- The change in cash is what flowed plus what exchange rates did to it, to the last digit.
create or replace view ops.check_change_in_cash_splits
with (security_invoker = true)
as
select
    m.company_id,
    m.currency,
    m.reporting_year,
    m.reporting_quarter,
    'parts do not add up' as finding
from company.quarterly_reporting_metrics as m
where
    m.change_in_cash <> m.change_in_cash_flow + m.change_in_cash_fx_effect
    or (m.change_in_cash_flow is null) <> (m.change_in_cash_fx_effect is null);

comment on view ops.check_change_in_cash_splits is
'One row per company, quarter and currency whose change in cash is not the sum of its two parts. '
'Cure: company.rebuild_derived().';
