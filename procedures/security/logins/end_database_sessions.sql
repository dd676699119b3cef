-- Closes the open connections of a login: everywhere, or in this database only when another one has
-- the login too. Needs no superuser: whoever made a role may act for it.
create or replace function security.end_database_sessions(
    p_login text,
    p_since timestamptz default '-infinity'
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
    v_count integer;
begin
    if v_pids = '{}' then
        return 0;
    end if;
    -- Signals, and when a connection began, are for those who inherit the role's rights: for a
    -- moment, and seen by nobody else.
    execute format('grant %I to %I with inherit true, set false', p_login, current_user);
    select count(pg_catalog.pg_terminate_backend(a.pid)) into v_count
    from pg_catalog.pg_stat_activity as a
    where a.pid = any(v_pids) and a.backend_start >= p_since;
    execute format('revoke %I from %I', p_login, current_user);
    return v_count;
end
$$;

comment on function security.end_database_sessions(text, timestamptz) is
'Closes the connections of a database login, those opened since p_since, and returns how many. For '
'owners.';
