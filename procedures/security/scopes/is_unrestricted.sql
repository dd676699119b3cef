-- Whether the reader's rows are all rows: a total over companies that belong to no fund is shown to
-- nobody who may see only some of them. It is the same question that policies `using (true)` ask:
-- the rights of which group role are inherited, and what is named cannot be pretended.
create or replace function security.is_unrestricted()
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
    select coalesce(bool_or(pg_catalog.pg_has_role(current_user, r.oid, 'usage')), false)
    from pg_catalog.pg_roles as r
    where r.rolname in ('qb_owner', 'qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor')
$$;

comment on function security.is_unrestricted() is
'True when row security hides no company from the reader; false for narrowed users, submitters and '
'investors.';
grant execute on function security.is_unrestricted() to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
