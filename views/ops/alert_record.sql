-- An alert as the API answers it.
create or replace view ops.alert_record
with (security_invoker = true)
as
select
    a.alert_id,
    a.kind,
    a.job,
    a.scheduled_for,
    a.raised_at,
    a.resolved_at,
    a.resolved_at is null as is_open,
    a.detail
from ops.alert as a;

comment on view ops.alert_record is
'One row per alert, in the keys of GET /v1/ops/alerts.';
grant select on ops.alert_record to qb_admin, qb_auditor;
