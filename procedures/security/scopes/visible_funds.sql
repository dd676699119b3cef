-- The one definition of which funds a narrowed user sees whole. Row security asks it once a
-- statement; roles that see everything are never narrowed by it. `current_setting` and
-- `session_user` decide who asks (security.current_user_id), never an argument.
create or replace function security.visible_funds()
returns uuid[]
-- Plans that are kept for the session: as in security.current_user_id.
language plpgsql
stable
parallel safe
-- Definer: whose rows are whose is readable by nobody it binds.
security definer
set search_path = ''
as $$
declare
    v_user_id uuid := security.current_user_id();
begin
    return array(
        select s.fund_id
        from security.user_fund as s
        inner join security.app_user as u on s.user_id = u.user_id
        where
            s.user_id = v_user_id
            and u.is_active
            and u.group_role in ('qb_editor_scoped', 'qb_viewer_scoped')
    );
end
$$;

comment on function security.visible_funds() is
'Funds that the current, narrowed user sees all of; empty for everybody else.';
-- Readers of everything too: the portfolio's totals ask in one statement for all.
grant execute on function security.visible_funds() to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
