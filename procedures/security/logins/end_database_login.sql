-- Ends a login: it cannot connect to this database any more and holds no rights; its open
-- connections are closed when the transaction commits. Whoever comes in while it commits is found
-- by security.end_user_sessions, which the doors call afterwards; until then such a connection
-- reads nothing, unless another database of the server has the login, which then keeps its role.
create or replace function security.end_database_login(
    p_login text
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_role text;
begin
    execute format('revoke connect on database %I from %I', current_database(), p_login);
    -- A login that another database has keeps its role there, unless it could get in here by other
    -- ways than a right of its own.
    if
        not security.is_admitted_elsewhere(p_login)
        or pg_catalog.has_database_privilege(p_login, current_database(), 'connect')
    then
        execute format('alter role %I nologin', p_login);
        foreach v_role in array security.reading_roles() loop
            if pg_catalog.pg_has_role(p_login, v_role, 'member') then
                execute format('revoke %I from %I', v_role, p_login);
            end if;
            if pg_catalog.pg_has_role(p_login, v_role, 'member') then
                raise exception using
                    errcode = 'QB409',
                    constraint = 'database_login_still_has_rights',
                    column = 'login',
                    message = 'Somebody else gave the database login its role, and alone may '
                    'take it.',
                    detail = p_login || ' in ' || v_role,
                    hint = format('As a superuser: revoke %s from %s.', v_role, p_login);
            end if;
        end loop;
    end if;
    perform security.end_sessions_at_commit(p_login);
end
$$;

comment on function security.end_database_login(text) is
'Takes a login''s right to connect and, unless another database of the server has it, its role and '
'its right to log in; its connections are closed at commit. Raises QB409 '
'database_login_still_has_rights. For owners.';
