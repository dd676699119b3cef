-- Whose names a narrowed user or a submitter sees as authors: the firm's own people, the user, and
-- the submitters of companies the user sees. People of other companies stay unnamed.
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
begin
    return array(
        select u.user_id
        from security.app_user as u
        where
            u.group_role not in ('qb_submitter', 'qb_investor')
            or u.user_id = v_user_id
            or u.user_id in (
                select s.user_id
                from security.user_company as s
                where s.company_id = any(v_company_ids)
            )
    );
end
$$;

comment on function security.visible_people() is
'Users whose display name the current, narrowed user or submitter sees: the firm''s, the own one, '
'submitters of visible companies.';
grant execute on function security.visible_people() to
qb_submitter, qb_editor_scoped, qb_viewer_scoped;
