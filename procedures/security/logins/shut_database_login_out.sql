-- Leaves a login that cannot be aligned outside this database, as far as the owner may. What is in
-- the way is said, and stops nothing: the next deployment tries again.
create or replace function security.shut_database_login_out(
    p_login text
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_message text;
    v_hint text;
begin
    perform security.end_database_login(p_login);
exception
    when sqlstate 'QB409' or insufficient_privilege or undefined_object then
        get stacked diagnostics v_message = message_text, v_hint = pg_exception_hint;
        raise warning 'Database login % could not be ended: %', p_login, v_message
        using hint = v_hint;
end
$$;

comment on function security.shut_database_login_out(text) is
'Ends a database login that could not be aligned; warns when even that is not possible. For '
'owners.';
