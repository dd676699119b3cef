-- What the clock has to run, and when.
create or replace function ops.enabled_jobs()
returns table (job text, cron text, time_zone text)
language sql
stable
-- Definer: the clock's login sees schedules through this function only.
security definer
set search_path = ''
as $$
    select
        j.job,
        j.cron,
        j.time_zone
    from ops.job as j
    where j.is_enabled
    order by j.job
$$;

comment on function ops.enabled_jobs() is
'Enabled jobs with their five-field cron expression and time zone, for the clock.';
grant execute on function ops.enabled_jobs() to qb_jobs;
