-- Whose names a narrowed user or a submitter sees as authors: people who see the whole firm, the
-- user, and whoever may write rows that the user sees: submitters of visible companies, and
-- narrowed editors of those or of their funds. Everybody else stays unnamed. To an investor nobody
-- is named but itself.
create or replace function security.visible_people()
returns uuid[]
-- Plans that are kept for the session: as in security.current_user_id.
language plpgsql
stable
parallel safe
-- Definer: roles and scopes of others are readable by nobody it binds.
security definer
set search_path = ''
as $$
declare
    v_user_id uuid := security.current_user_id();
    v_company_ids text[] := security.visible_companies();
    v_fund_ids uuid[] := security.visible_funds() || array(
        select c.fund_id
        from company.company as c
        where c.company_id = any(security.visible_single_companies())
    );
begin
    if exists (
        select
        from security.app_user as u
        where u.user_id = v_user_id and u.group_role = 'qb_investor'
    ) then
        return array[v_user_id];
    end if;
    return array(
        select u.user_id
        from security.app_user as u
        where
            u.group_role in ('qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor')
            or u.user_id = v_user_id
            or (
                u.group_role in ('qb_submitter', 'qb_editor_scoped')
                and u.user_id in (
                    select s.user_id
                    from security.user_company as s
                    where s.company_id = any(v_company_ids)
                )
            )
            or (
                u.group_role = 'qb_editor_scoped'
                and u.user_id in (
                    select s.user_id
                    from security.user_fund as s
                    where s.fund_id = any(v_fund_ids)
                )
            )
    );
end
$$;

comment on function security.visible_people() is
'Users whose display name the current, narrowed user or submitter sees: those who see the whole '
'firm, the own one, submitters and narrowed editors of visible companies; for an investor the own '
'one only.';
grant execute on function security.visible_people() to
qb_submitter, qb_investor, qb_editor_scoped, qb_viewer_scoped;
