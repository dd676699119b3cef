-- What ends or changes with a user's role and activity, whoever changed them and by whichever path:
-- database logins, refresh tokens, and a scope that the new role does not have.
create or replace function security.follow_user_change()
returns trigger
language plpgsql
volatile
-- Definer: the owner alone may change database logins.
security definer
set search_path = ''
as $$
declare
    v_login text;
begin
    for v_login in
        select l.login
        from security.database_login as l
        where l.user_id = new.user_id
        order by l.login
    loop
        perform security.align_database_login(v_login);
    end loop;
    if not new.is_active then
        perform security.revoke_refresh_tokens(new.user_id);
    end if;
    -- An identity provider's word may be back tomorrow; meanwhile the scope of a role that has none
    -- counts for nothing.
    if exists (
        select
        from security.external_identity as i
        where i.user_id = new.user_id and i.is_claim_managed
    ) then
        return null;
    end if;
    if new.group_role not in ('qb_editor_scoped', 'qb_viewer_scoped') then
        delete from security.user_fund as s where s.user_id = new.user_id;
    end if;
    if new.group_role not in ('qb_editor_scoped', 'qb_viewer_scoped', 'qb_submitter') then
        delete from security.user_company as s where s.user_id = new.user_id;
    end if;
    if new.group_role <> 'qb_investor' then
        delete from security.user_investor as s where s.user_id = new.user_id;
    end if;
    return null;
end
$$;

comment on function security.follow_user_change() is
'Trigger _600_follow on security.app_user: database logins, refresh tokens and scopes follow role '
'and activity.';
