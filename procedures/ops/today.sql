-- The day by the platform's clock, in UTC.
create or replace function ops.today()
returns date
language sql
stable
security invoker
set search_path = ''
as $$
    select (ops.now() at time zone 'UTC')::date
$$;

comment on function ops.today() is 'Today in UTC; settable by tests only.';
grant execute on function ops.today() to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped, qb_jobs;
