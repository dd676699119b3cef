-- The user to write down as created_by or last_updated_by: the platform itself when nobody asked.
-- Asked for every row that a COPY brings: inlined, hence no `set search_path`.
create or replace function security.author_id()
returns uuid
language sql
stable
security invoker
as $$
    select coalesce(security.current_user_id(), '00000000-0000-0000-0000-000000000000'::uuid)
$$;

comment on function security.author_id() is
'User id for created_by and last_updated_by; the nil uuid when the platform itself writes.';
grant execute on function security.author_id() to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped, qb_jobs;
