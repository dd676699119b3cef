-- The group role behind the name that people use: viewer is qb_viewer.
create or replace function security.group_role(
    p_role text
)
returns text
language plpgsql
immutable
security invoker
set search_path = ''
as $$
begin
    if p_role in (
        'admin', 'editor', 'viewer', 'auditor', 'submitter', 'investor', 'editor_scoped',
        'viewer_scoped'
    ) then
        return 'qb_' || p_role;
    end if;
    raise exception using
        errcode = 'QB400',
        constraint = 'role_unknown',
        column = 'role',
        message = 'There is no such role.',
        hint = 'Use admin, editor, viewer, auditor, submitter, investor, editor_scoped or '
        'viewer_scoped.';
end
$$;

comment on function security.group_role(text) is
'Group role of a role as people name it. Raises QB400 role_unknown.';
grant execute on function security.group_role(text) to qb_admin;
