-- Closes the connections of a login that was changed or deleted, as the transaction's last act.
create or replace function security.end_sessions_of_changed()
returns trigger
language plpgsql
volatile
-- Definer: the owner alone may act for a login.
security definer
set search_path = ''
as $$
begin
    perform security.end_database_sessions(old.login);
    return null;
end
$$;

comment on function security.end_sessions_of_changed() is
'Trigger _900_end_sessions on security.database_login: closes the connections of the login.';
