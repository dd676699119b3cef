-- A schedule that no clock could read is refused when it is written.
create or replace function ops.check_job()
returns trigger
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_fault text := ops.cron_fault(new.cron);
begin
    if v_fault is not null then
        raise exception using
            errcode = 'QB400',
            constraint = 'job_cron_is_readable',
            column = 'cron',
            message = 'The cron expression cannot be read.',
            detail = v_fault,
            hint = 'Send minute, hour, day of month, month and day of week, such as '
                '"30 2 * * mon-fri"; seconds first when there are six fields.';
    end if;
    -- The list is read from files: only when there is something to find.
    if
        (tg_op = 'INSERT' or new.time_zone <> old.time_zone)
        and new.time_zone <> 'UTC'
        and not exists (
            select from pg_catalog.pg_timezone_names as z where z.name = new.time_zone
        )
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'job_time_zone_is_known',
            column = 'time_zone',
            message = 'The time zone is not known.',
            hint = 'Send an IANA name such as Europe/Berlin, America/Chicago or UTC.';
    end if;
    return new;
end
$$;

comment on function ops.check_job() is
'Trigger _300_check: refuses a schedule that cannot be read. Raises QB400 job_cron_is_readable, '
'job_time_zone_is_known.';
