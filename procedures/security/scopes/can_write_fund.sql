-- Whether the session may write to a fund's books through a function that runs as the owner, whom
-- row security does not bind. The answer comes from who is asking (session and user), never from
-- what is sent. Who works without a user is a DBA.
create or replace function security.can_write_fund(
    p_fund_id uuid
)
returns boolean
language sql
stable
-- Definer: users and scopes are readable by nobody.
security definer
set search_path = ''
as $$
    select case
        when security.current_user_id() is null
            then pg_catalog.pg_has_role(session_user, 'qb_owner', 'member')
        else exists (
            select
            from security.app_user as u
            where
                u.user_id = security.current_user_id()
                and u.is_active
                and (
                    u.group_role in ('qb_admin', 'qb_editor')
                    or (
                        u.group_role = 'qb_editor_scoped'
                        and p_fund_id = any(security.visible_funds())
                    )
                )
        )
    end
$$;

comment on function security.can_write_fund(uuid) is
'True when the current user is an admin or editor, or an editor narrowed to funds of which '
'p_fund_id is one; without a user, when the login belongs to the owner.';
grant execute on function security.can_write_fund(uuid) to qb_admin, qb_editor, qb_editor_scoped;
