-- An investor's row, locked for a change. A narrowed editor meets investors of other people's
-- making, and changes none of them: they are partners of funds that he does not see, perhaps.
create or replace function fund.lock_investor(
    p_investor_id uuid
)
returns fund.investor
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_investor fund.investor;
begin
    perform fund.require_investor(p_investor_id);
    select i.*
    into v_investor
    from fund.investor as i
    where i.investor_id = p_investor_id
    for no key update;
    if not found then
        raise exception using
            errcode = 'QB409',
            constraint = 'investor_kept_by_the_firm',
            column = 'investor_id',
            message = 'Editors who see the whole firm keep this investor.',
            hint = 'Ask one of them for the change; you may change its contacts.';
    end if;
    return v_investor;
end
$$;

comment on function fund.lock_investor(uuid) is
'Locks the investor''s row until commit and returns it. Raises QB404 investor_not_found, QB409 '
'investor_kept_by_the_firm.';
grant execute on function fund.lock_investor(uuid) to qb_admin, qb_editor, qb_editor_scoped;
