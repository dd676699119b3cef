-- Lets a login into this database with exactly one reading role.
create or replace function security.admit_database_login(
    p_login text,
    p_group_role text
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_held text[] := array(
        select g.rolname::text
        from pg_catalog.pg_auth_members as m
        inner join pg_catalog.pg_roles as g on m.roleid = g.oid
        where
            m.member = p_login::regrole
            and g.rolname = any(security.reading_roles())
    );
    v_other text;
begin
    -- Membership is the same in every database: what is given here would be given there.
    if v_held <> array[p_group_role] and security.is_admitted_elsewhere(p_login) then
        raise exception using
            errcode = 'QB409',
            constraint = 'database_login_is_taken',
            column = 'login',
            message = 'Another database of this server gives the login another role.',
            detail = p_login,
            hint = 'Choose another name, or end the login in one of the databases.';
    end if;
    foreach v_other in array v_held loop
        if v_other <> p_group_role then
            execute format('revoke %I from %I', v_other, p_login);
            -- A session goes on reading by the old role's policies in statements that it has
            -- prepared.
            perform security.end_sessions_at_commit(p_login);
        end if;
    end loop;
    if p_group_role <> all (v_held) then
        execute format('grant %I to %I', p_group_role, p_login);
    end if;
    execute format('grant connect on database %I to %I', current_database(), p_login);
    -- Anybody may change the settings of their own login: these are a help, the grants are the
    -- wall.
    execute format('alter role %I login connection limit 20', p_login);
    execute format('alter role %I set default_transaction_read_only = on', p_login);
    execute format('alter role %I set statement_timeout = ''60s''', p_login);
    execute format('alter role %I set idle_in_transaction_session_timeout = ''10min''', p_login);
end
$$;

comment on function security.admit_database_login(text, text) is
'Gives a login one reading role, in place of another, whose sessions end with the transaction, '
'and the right to connect to this database; read-only, with time-outs, 20 connections at most. '
'Raises QB409 database_login_is_taken. For owners.';
