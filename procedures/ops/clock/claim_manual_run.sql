-- A run by hand, enabled or not: recorded like any other, at the moment it is asked for.
create or replace function ops.claim_manual_run(
    p_job text,
    p_node text
)
returns table (scheduled_for timestamptz, time_limit_seconds integer)
language plpgsql
volatile
-- Definer: runs are recorded by these functions only.
security definer
set search_path = ''
as $$
begin
    select j.time_limit_seconds into time_limit_seconds from ops.job as j where j.job = p_job;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'job_not_found',
            column = 'job',
            message = format('There is no job %s.', p_job),
            hint = '`quarterbase job list` names them.';
    end if;
    if not ops._hold_job(p_job) then
        raise exception using
            errcode = 'QB409',
            constraint = 'job_is_running',
            column = 'job',
            message = format('The job %s is running already.', p_job),
            hint = 'Wait for it to end.';
    end if;
    perform ops._close_lost_runs(p_job);
    scheduled_for := clock_timestamp();
    insert into ops.job_run (job, scheduled_for, started_at, node, trigger)
    values (p_job, scheduled_for, scheduled_for, p_node, 'manual');
    return next;
end
$$;

comment on function ops.claim_manual_run(text, text) is
'Begins a run by hand: the caller is to run it, and holds the job until its session ends. Raises '
'QB404 job_not_found, QB409 job_is_running.';
grant execute on function ops.claim_manual_run(text, text) to qb_jobs;
