-- Schedules that the clock cannot read: an alert each, which ends when it can.
create or replace function ops.record_unreadable_jobs(
    p_reasons jsonb
)
returns void
language plpgsql
volatile
-- Definer: alerts are raised by these functions only.
security definer
set search_path = ''
as $$
begin
    update ops.alert as a
    set resolved_at = ops.now()
    where a.kind = 'job_unreadable' and a.resolved_at is null and not p_reasons ? a.job;

    perform ops._raise_alert('job_unreadable', j.job, null, jsonb_build_object('reason', r.reason))
    from jsonb_each_text(p_reasons) as r (job, reason)
    inner join ops.job as j on r.job = j.job;
end
$$;

comment on function ops.record_unreadable_jobs(jsonb) is
'Takes {job: reason} of all schedules that cannot be read now, and raises and resolves alerts.';
grant execute on function ops.record_unreadable_jobs(jsonb) to qb_jobs;
