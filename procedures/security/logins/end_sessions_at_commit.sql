-- Asks for the connections of a login to be closed when the transaction commits: a change that is
-- refused or rolled back closes none.
create or replace function security.end_sessions_at_commit(
    p_login text
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    -- For the deferred trigger _900_end_sessions. A deleted row has set it off by itself.
    update security.database_login as l
    set created_at = l.created_at
    where l.login = p_login
$$;

comment on function security.end_sessions_at_commit(text) is
'Closes the open connections of a database login at the end of the transaction. For owners.';
