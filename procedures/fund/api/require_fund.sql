-- Refuses an address below a fund that is not there. Unknown and hidden are the same: row security
-- decides what exists.
create or replace function fund.require_fund(
    p_fund_id uuid
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if not exists (select from fund.fund as f where f.fund_id = p_fund_id) then
        raise exception using
            errcode = 'QB404',
            constraint = 'fund_not_found',
            column = 'fund_id',
            message = 'There is no fund with this fund_id.',
            hint = 'GET /v1/funds lists the funds you may see.';
    end if;
end
$$;

comment on function fund.require_fund(uuid) is
'Raises QB404 fund_not_found when the caller sees no such fund.';
grant execute on function fund.require_fund(uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
