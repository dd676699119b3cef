-- A fund's row, locked for a change of itself or of its terms. Whoever records an event locks the
-- fund's books instead and waits for nobody here: this lock and theirs go together, the row first.
create or replace function fund.lock_fund(
    p_fund_id uuid
)
returns fund.fund
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_fund fund.fund;
begin
    select f.* into v_fund from fund.fund as f where f.fund_id = p_fund_id for no key update;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'fund_not_found',
            column = 'fund_id',
            message = 'There is no fund with this fund_id.',
            hint = 'GET /v1/funds lists the funds you may see.';
    end if;
    return v_fund;
end
$$;

comment on function fund.lock_fund(uuid) is
'Locks the fund''s row until commit and returns it. Raises QB404 fund_not_found.';
grant execute on function fund.lock_fund(uuid) to qb_admin, qb_editor, qb_editor_scoped;
