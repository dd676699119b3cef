-- The fund that a narrowed editor puts a company into: one of the editor's own. A company of a
-- hidden fund, given to the editor one by one, was shown without a fund and keeps it.
create or replace function company.narrowed_fund(
    p_old_fund_id uuid,
    p_new_fund_id uuid
)
returns uuid
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if p_new_fund_id = any(security.visible_funds()) then
        return p_new_fund_id;
    elsif p_new_fund_id is null and p_old_fund_id <> all(security.visible_funds()) then
        return p_old_fund_id;
    end if;
    raise exception using
        errcode = 'QB400',
        constraint = 'fund_required',
        column = 'fund',
        message = 'A narrowed editor keeps companies in one of the funds that he sees.',
        hint = 'Send fund with the name of one of them.';
end
$$;

comment on function company.narrowed_fund(uuid, uuid) is
'Fund of a company that a narrowed editor creates or moves. Raises QB400 fund_required.';
grant execute on function company.narrowed_fund(uuid, uuid) to qb_editor_scoped;
