-- A job as the API answers it.
create or replace view ops.job_record
with (security_invoker = true)
as
select
    j.job,
    j.description,
    j.cron,
    j.time_zone,
    j.is_enabled,
    j.grace_seconds,
    j.time_limit_seconds,
    r.scheduled_for as last_run_scheduled_for,
    r.status as last_run_status,
    j.last_update_date,
    u.display_name as last_updated_by,
    j.row_version
from ops.job as j
left join security.person as u on j.last_updated_by = u.user_id
left join lateral (
    select
        n.scheduled_for,
        n.status
    from ops.job_run as n
    where n.job = j.job
    order by n.scheduled_for desc
    limit 1
) as r on true;

comment on view ops.job_record is
'One row per job, in the keys of GET /v1/ops/jobs.';
grant select on ops.job_record to qb_admin, qb_auditor;
