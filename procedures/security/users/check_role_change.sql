-- What keeps a user from getting another role. An identity provider's word on it, a database login,
-- which only reads; and nobody comes to see the whole firm by the way: a narrowing ends when the
-- payload says so.
create or replace function security.check_role_change(
    p_old security.app_user,
    p_role text,
    p_user jsonb
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if
        p_role <> p_old.group_role
        and exists (
            select
            from security.external_identity as i
            where i.user_id = p_old.user_id and i.is_claim_managed
        )
    then
        raise exception using
            errcode = 'QB409',
            constraint = 'role_is_claim_managed',
            column = 'role',
            message = 'The identity provider decides the role of this user.',
            hint = 'Change the groups there, or what they are worth (security.claim_role).';
    end if;
    if
        p_role in ('qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor')
        and (
            (
                p_old.group_role in ('qb_editor_scoped', 'qb_viewer_scoped', 'qb_submitter')
                and (p_user -> 'funds', p_user -> 'companies')
                is distinct from ('[]'::jsonb, '[]'::jsonb)
            )
            or (
                p_old.group_role = 'qb_investor'
                and p_user -> 'investors' is distinct from '[]'::jsonb
                and exists (
                    select from security.user_investor as s where s.user_id = p_old.user_id
                )
            )
        )
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'narrowing_ends_explicitly',
            column = 'role',
            message = 'This user is narrowed, and a user of this role sees the whole firm.',
            hint = case
                when p_old.group_role = 'qb_investor' then 'To end it, send "investors": [] too.'
                when p_role in ('qb_editor', 'qb_viewer')
                    then format(
                        'Use role %s_scoped to keep the narrowing; to end it, send "funds": [] and '
                        '"companies": [] too.',
                        substr(p_role, 4)
                    )
                else 'To end it, send "funds": [] and "companies": [] too.'
            end;
    end if;
    if
        p_role <> p_old.group_role
        and p_role <> all(security.reading_roles())
        and coalesce((p_user ->> 'active')::boolean, p_old.is_active)
        and exists (select from security.database_login as l where l.user_id = p_old.user_id)
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'database_login_reads_only',
            column = 'role',
            message = 'A user with a database login can be given a reading role only.',
            hint = 'Use viewer, viewer_scoped or auditor, or end the user and add another one.';
    end if;
end
$$;

comment on function security.check_role_change(security.app_user, text, jsonb) is
'Passes when a user may get this role by this payload of PATCH /v1/users. Raises QB409 '
'role_is_claim_managed, QB400 narrowing_ends_explicitly, database_login_reads_only.';
grant execute on function security.check_role_change(security.app_user, text, jsonb) to qb_admin;
