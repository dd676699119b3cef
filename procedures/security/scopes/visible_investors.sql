-- The one definition of which investors a user with the role investor is. Row security asks it once
-- a statement, as security.visible_funds.
create or replace function security.visible_investors()
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
        select s.investor_id
        from security.user_investor as s
        inner join security.app_user as u on s.user_id = u.user_id
        where s.user_id = v_user_id and u.is_active and u.group_role = 'qb_investor'
    );
end
$$;

comment on function security.visible_investors() is
'investor_id of every investor that the current user, with the role investor, acts for; empty for '
'everybody else.';
grant execute on function security.visible_investors() to qb_investor;
