-- Passes when the caller sees the investor: a hidden one is one that nobody has.
create or replace function fund.require_investor(
    p_investor_id uuid
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if not exists (select from fund.investor as i where i.investor_id = p_investor_id) then
        raise exception using
            errcode = 'QB404',
            constraint = 'investor_not_found',
            column = 'investor_id',
            message = 'There is no investor with this investor_id.',
            hint = 'GET /v1/investors lists the investors you may see.';
    end if;
end
$$;

comment on function fund.require_investor(uuid) is
'Passes when the caller sees the investor. Raises QB404 investor_not_found.';
grant execute on function fund.require_investor(uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
