-- What was done to a fund, as the API lists it: without what it wrote, which fund.event_record
-- shows.
create or replace view fund.recorded_event
with (security_invoker = true)
as
select
    e.fund_id,
    e.event_id,
    e.event_number,
    e.kind,
    e.event_on,
    e.event_key,
    e.request,
    e.reverses_event_id,
    r.event_id as reversed_by_event_id,
    e.recorded_at,
    coalesce(p.display_name, 'Former user') as recorded_by
from fund.event as e
left join fund.event as r on e.fund_id = r.fund_id and e.event_id = r.reverses_event_id
left join security.person as p on e.recorded_by = p.user_id;

comment on view fund.recorded_event is
'One row per event of a fund, in the keys of GET /v1/funds/{fund_id}/events.';
grant select on fund.recorded_event to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
