-- Funds that an investor is a partner of. Row security asks it once a statement.
create or replace function security.visible_partner_funds()
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
    v_investor_ids uuid[] := security.visible_investors();
begin
    return array(
        select distinct c.fund_id
        from fund.commitment as c
        where c.investor_id = any(v_investor_ids)
    );
end
$$;

comment on function security.visible_partner_funds() is
'fund_id of every fund that the current user, with the role investor, is a partner of; empty for '
'everybody else.';
grant execute on function security.visible_partner_funds() to qb_investor;
