-- Who leads: of all clocks on a database the one whose session holds the lock. PostgreSQL frees it
-- when that session ends, however it ends.
create or replace function ops.lead_clock()
returns boolean
language sql
volatile
security invoker
set search_path = ''
as $$
    select
        case
            when exists (
                select
                from pg_catalog.pg_locks as l
                where
                    l.locktype = 'advisory'
                    and l.pid = pg_backend_pid()
                    and l.classid = 29026
                    and l.objid = 25451
                    and l.objsubid = 2
            )
                then true
            -- The two numbers are a name, 'qb' and 'ck'.
            else pg_try_advisory_lock(29026, 25451)
        end
$$;

comment on function ops.lead_clock() is
'True when this session leads the clocks of this database, from now on if nobody did. Needs a '
'session of its own: not through a pooler in transaction mode.';
grant execute on function ops.lead_clock() to qb_jobs;
