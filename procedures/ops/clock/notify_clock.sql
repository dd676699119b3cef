-- Tells the clocks that schedules have changed.
create or replace function ops.notify_clock()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    perform pg_notify('quarterbase_clock', '');
    return null;
end
$$;

comment on function ops.notify_clock() is
'Trigger _900_notify: a clock that listens on quarterbase_clock reads the schedules again.';
