-- What a database login of a BI tool may be: a role that reads. (db/bootstrap.sql, which comes
-- before any function, says it again.)
create or replace function security.reading_roles()
returns text[]
language sql
immutable
parallel safe
security invoker
set search_path = ''
as $$
    select array['qb_viewer', 'qb_viewer_scoped', 'qb_auditor']
$$;

comment on function security.reading_roles() is
'The group roles that a database login may have.';
grant execute on function security.reading_roles() to qb_admin;
