-- Records how a run ended. A failure is an alert; a good run ends the alerts of its job.
create or replace function ops.finish_job_run(
    p_job text,
    p_scheduled_for timestamptz,
    p_succeeded boolean,
    p_detail jsonb
)
returns void
language plpgsql
volatile
-- Definer: runs are recorded by these functions only.
security definer
set search_path = ''
as $$
declare
    v_is_overrun boolean;
begin
    update ops.job_run as r
    set
        finished_at = clock_timestamp(),
        succeeded = p_succeeded,
        detail = p_detail
    where r.job = p_job and r.scheduled_for = p_scheduled_for and r.finished_at is null
    returning r.is_overrun into v_is_overrun;

    -- An overrun has its alert; a run that was given up is not found.
    if not found or v_is_overrun then
        return;
    end if;
    if p_succeeded then
        update ops.alert as a
        set resolved_at = ops.now()
        where
            a.job = p_job
            and a.kind in ('job_missed', 'job_overrun', 'job_failed')
            and a.resolved_at is null
            and a.raised_at <= ops.now();
    else
        perform ops._raise_alert('job_failed', p_job, p_scheduled_for, p_detail);
    end if;
end
$$;

comment on function ops.finish_job_run(text, timestamptz, boolean, jsonb) is
'Records the end of a claimed run: whether it succeeded, and what it has to say.';
grant execute on function ops.finish_job_run(text, timestamptz, boolean, jsonb) to qb_jobs;
