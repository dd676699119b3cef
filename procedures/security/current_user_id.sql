-- Who is asking. A transaction setting names the user only where nobody can type SQL: in the API
-- and in the jobs. Everybody else is the person their database login belongs to, whatever they
-- set. Asked in every statement of a narrowed user, hence plpgsql: it keeps its plans for the
-- session, where an SQL function is planned anew each time (7 microseconds against 100).
create or replace function security.current_user_id()
returns uuid
language plpgsql
stable
parallel safe
-- Definer: the mapping of logins is readable by nobody.
security definer
set search_path = ''
as $$
begin
    if session_user in ('qb_api', 'qb_jobs') then
        return nullif(current_setting('qb.user_id', true), '')::uuid;
    end if;
    return (select l.user_id from security.database_login as l where l.login = session_user);
end
$$;

comment on function security.current_user_id() is
'The user of this transaction; null for an owner or job that acts as the platform itself.';
grant execute on function security.current_user_id() to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped, qb_jobs;
