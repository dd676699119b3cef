-- What the clock has to run, and from where on: slots up to decided_until are decided, or never
-- were on this schedule.
create or replace function ops.enabled_jobs()
returns table (
    job text,
    cron text,
    time_zone text,
    grace_seconds integer,
    decided_until timestamptz
)
language sql
stable
-- Definer: the clock's login sees schedules through this function only.
security definer
set search_path = ''
as $$
    select
        j.job,
        j.cron,
        j.time_zone,
        j.grace_seconds,
        greatest(j.scheduled_since, r.scheduled_for)
    from ops.job as j
    left join lateral (
        select r.scheduled_for
        from ops.job_run as r
        where r.job = j.job and r.trigger = 'schedule'
        order by r.scheduled_for desc
        limit 1
    ) as r on true
    where j.is_enabled
    order by j.job
$$;

comment on function ops.enabled_jobs() is
'Enabled jobs for the clock: cron expression of five or six fields, time zone, seconds of grace, '
'and the last slot that is decided (else since when the schedule holds).';
grant execute on function ops.enabled_jobs() to qb_jobs;
