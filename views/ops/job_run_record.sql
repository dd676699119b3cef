-- A run, or a slot that was missed, as the API answers it.
create or replace view ops.job_run_record
with (security_invoker = true)
as
select
    r.job,
    r.scheduled_for,
    r.status,
    r.trigger,
    r.node,
    r.started_at,
    r.finished_at,
    extract(epoch from r.finished_at - r.started_at) as duration_seconds,
    r.detail
from ops.job_run as r;

comment on view ops.job_run_record is
'One row per job and slot, in the keys of GET /v1/ops/job-runs.';
grant select on ops.job_run_record to qb_admin, qb_auditor;
