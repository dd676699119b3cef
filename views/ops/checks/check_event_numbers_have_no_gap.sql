-- What is done to a fund is numbered 1, 2, 3, …: a missing number is a missing event.
create or replace view ops.check_event_numbers_have_no_gap
with (security_invoker = true)
as
select
    e.fund_id,
    max(e.event_number) as last_number,
    count(*) as events,
    'numbers are missing' as finding
from fund.event as e
group by e.fund_id
having count(*) <> max(e.event_number) or min(e.event_number) <> 1;

comment on view ops.check_event_numbers_have_no_gap is
'One row per fund whose events lack a number: an event was taken out. Cure: restore the fund''s '
'events from a backup.';
