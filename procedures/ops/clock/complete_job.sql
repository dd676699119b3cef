-- A schedule that changes begins anew: what the new one would have had before is not missed.
create or replace function ops.complete_job()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if
        row(new.cron, new.time_zone, new.is_enabled)
        is distinct from row(old.cron, old.time_zone, old.is_enabled)
    then
        new.scheduled_since := ops.now();
    end if;
    return new;
end
$$;

comment on function ops.complete_job() is
'Trigger _200_complete: sets scheduled_since when the schedule changes.';
