-- A refused fixing as the API answers it. `received` is text: whatever came is shown, not followed.
create or replace view fx.quarantine_record
with (security_invoker = true)
as
select
    q.quarantine_id,
    q.source_id as source,
    q.status,
    q.reason,
    q.rate_on as rate_date,
    q.currency,
    s.base_currency,
    q.rate,
    r.rate as recorded_rate,
    q.received::text as received,
    q.recorded_at as received_at,
    q.last_update_date as decided_at,
    p.display_name as decided_by,
    q.row_version
from fx.quarantine as q
inner join fx.source as s on q.source_id = s.source_id
left join fx.rate as r
    on q.currency = r.currency and q.rate_on = r.rate_on and q.source_id = r.source_id
left join security.person as p on q.last_updated_by = p.user_id;

comment on view fx.quarantine_record is
'One row per refused fixing, in the keys of GET /v1/fx/quarantine.';
grant select on fx.quarantine_record to qb_admin, qb_editor, qb_auditor;
