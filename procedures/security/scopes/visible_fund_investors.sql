-- Investors that a narrowed user meets: the partners of his funds, and those that he entered for
-- them. Row security asks it once a statement.
create or replace function security.visible_fund_investors()
returns uuid[]
-- Plans that are kept for the session: as in security.current_user_id.
language plpgsql
stable
parallel safe
-- Definer: read once, past the row security that would ask again.
security definer
set search_path = ''
as $$
declare
    v_fund_ids uuid[] := security.visible_funds();
begin
    return array(
        select c.investor_id
        from fund.commitment as c
        where c.fund_id = any(v_fund_ids)
        union
        select unnest(security.own_investors())
    );
end
$$;

comment on function security.visible_fund_investors() is
'investor_id of every partner of the funds that the current, narrowed user sees, and of those '
'that he entered himself; for narrowed users.';
grant execute on function security.visible_fund_investors() to qb_editor_scoped, qb_viewer_scoped;
