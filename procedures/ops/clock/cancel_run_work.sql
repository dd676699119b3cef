-- Cancels what a run is doing in the database. Its sessions are told by their name.
create or replace function ops.cancel_run_work(
    p_application_name text
)
returns bigint
language sql
volatile
-- Invoker: a login may cancel its own sessions, and no others.
security invoker
set search_path = ''
as $$
    select count(*) filter (where pg_cancel_backend(s.pid))
    from pg_catalog.pg_stat_activity as s
    where
        s.application_name = p_application_name
        and s.datname = current_database()
        and s.usename = session_user
        and s.state = 'active'
        and s.pid <> pg_backend_pid()
$$;

comment on function ops.cancel_run_work(text) is
'Cancels the running statements of the caller''s sessions of this name; returns how many.';
grant execute on function ops.cancel_run_work(text) to qb_jobs;
