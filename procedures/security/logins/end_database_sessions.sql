-- Closes the open connections of a login: everywhere, or in this database only when another one has
-- the login too. Needs no superuser: whoever made a role may act for it.
create or replace function security.end_database_sessions(
    p_login text
)
returns integer
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_pids integer[] := array(
        select a.pid
        from pg_catalog.pg_stat_activity as a
        where
            a.usename = p_login
            and a.pid <> pg_catalog.pg_backend_pid()
            and (
                a.datname = current_database() or not security.is_admitted_elsewhere(p_login)
            )
    );
begin
    if v_pids = '{}' then
        return 0;
    end if;
    -- Signals are for those who inherit the role's rights: for a moment, and seen by nobody else.
    execute format('grant %I to %I with inherit true, set false', p_login, current_user);
    perform pg_catalog.pg_terminate_backend(p.pid) from unnest(v_pids) as p (pid);
    execute format('revoke %I from %I', p_login, current_user);
    return cardinality(v_pids);
end
$$;

comment on function security.end_database_sessions(text) is
'Closes the open connections of a database login and returns how many. For owners.';
