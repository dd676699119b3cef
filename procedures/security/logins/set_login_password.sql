-- Sets the password of a database login that add_database_login made.
create or replace function security.set_login_password(
    p_login text,
    p_password text
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if not exists (select from security.database_login as l where l.login = p_login) then
        raise exception using
            errcode = 'QB404',
            constraint = 'database_login_unknown',
            column = 'login',
            message = 'There is no such database login.',
            hint = 'Make it first.';
    end if;
    execute format('alter role %I password %L', p_login, p_password);
end
$$;

comment on function security.set_login_password(text, text) is
'Sets the password of a database login: clear text or, better, a SCRAM verifier. Raises QB404 '
'database_login_unknown. For owners.';
