-- Decides what becomes of a slot: whoever inserts its row does. On N nodes one runs it.
create or replace function ops.claim_job_run(
    p_job text,
    p_scheduled_for timestamptz,
    p_node text
)
returns table (outcome text, time_limit_seconds integer)
language plpgsql
volatile
-- Definer: runs are recorded by these functions only.
security definer
set search_path = ''
as $$
declare
    v_job ops.job;
begin
    select j.* into v_job from ops.job as j where j.job = p_job and j.is_enabled;
    time_limit_seconds := v_job.time_limit_seconds;
    if v_job.job is null or p_scheduled_for < v_job.scheduled_since then
        outcome := 'unscheduled';
    elsif exists (
        select
        from ops.job_run as r
        where r.job = p_job and r.scheduled_for = p_scheduled_for
    ) then
        outcome := 'taken';
    -- By the database's time: the nodes' clocks may differ.
    elsif ops.now() < p_scheduled_for then
        outcome := 'early';
    elsif ops.now() > p_scheduled_for + make_interval(secs => v_job.grace_seconds) then
        outcome := 'missed';
        perform ops.record_missed_slots(p_job, p_scheduled_for, p_scheduled_for, p_node);
    elsif not ops._hold_job(p_job) then
        outcome := 'busy';
    else
        perform ops._close_lost_runs(p_job);
        insert into ops.job_run (job, scheduled_for, started_at, node)
        values (p_job, p_scheduled_for, ops.now(), p_node)
        on conflict do nothing;
        outcome := case when found then 'run' else 'taken' end;
    end if;
    return next;
end
$$;

comment on function ops.claim_job_run(text, timestamptz, text) is
'What becomes of a slot. run: the caller is to run it, holds the job until its session ends, and '
'has time_limit_seconds. taken: decided already. missed: now recorded as such. busy: a run of the '
'job is not over. early: it is not time yet. unscheduled: the schedule has changed.';
grant execute on function ops.claim_job_run(text, timestamptz, text) to qb_jobs;
