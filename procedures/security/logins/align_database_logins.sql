-- Puts every login right: after a restore under another name or on another server, since the right
-- to connect is not copied. Deployments call it too, so one login that cannot be put right is
-- reported and left outside.
create or replace function security.align_database_logins()
returns integer
language plpgsql
volatile
-- Definer: a login's maker alone may change it, and that is the owner.
security definer
set search_path = ''
as $$
declare
    v_login text;
    v_count integer := 0;
    v_message text;
    v_detail text;
    v_hint text;
begin
    for v_login in select l.login from security.database_login as l order by l.login loop
        begin
            perform security.align_database_login(v_login);
            v_count := v_count + 1;
        exception
            when sqlstate 'QB409' then
                get stacked diagnostics
                    v_message = message_text, v_detail = pg_exception_detail,
                    v_hint = pg_exception_hint;
                raise warning 'Database login % is left outside: % (%)',
                    v_login, v_message, v_detail
                using hint = v_hint;
                perform security.shut_database_login_out(v_login);
        end;
    end loop;
    return v_count;
end
$$;

comment on function security.align_database_logins() is
'Makes every database login what its user is and returns how many; logins that had to be made have '
'no password. One that cannot be aligned is ended here, with a warning. For owners.';
