-- Investors that a narrowed editor entered himself, as long as no fund hidden from him has them:
-- he corrects his own entry and admits it to a fund of his. Row security asks it once a statement.
create or replace function security.own_investors()
returns uuid[]
-- Plans that are kept for the session: as in security.current_user_id.
language plpgsql
stable
parallel safe
-- Definer: partners of hidden funds count.
security definer
set search_path = ''
as $$
declare
    v_user_id uuid := security.current_user_id();
    v_fund_ids uuid[] := security.visible_funds();
begin
    return array(
        select i.investor_id
        from fund.investor as i
        where
            i.created_by = v_user_id
            and not exists (
                select
                from fund.commitment as c
                where c.investor_id = i.investor_id and c.fund_id <> all(v_fund_ids)
            )
    );
end
$$;

comment on function security.own_investors() is
'investor_id of every investor that the current user created and that is a partner of no fund '
'other than those that he is narrowed to.';
grant execute on function security.own_investors() to qb_editor_scoped;
