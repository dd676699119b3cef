-- The fund that a narrowed editor puts a company into: one of the editor's own. A company of a
-- hidden fund, given to the editor one by one, was shown without a fund: it stays where it is, and
-- an editor who moved it would take it away from people he does not know of.
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
declare
    v_fund_ids uuid[] := security.visible_funds();
begin
    -- Null is in no array, and `null <> all('{}')` is true.
    if p_old_fund_id is not null and p_old_fund_id <> all(v_fund_ids) then
        if p_new_fund_id is null or p_new_fund_id = p_old_fund_id then
            return p_old_fund_id;
        end if;
        raise exception using
            errcode = 'QB400',
            constraint = 'company_keeps_its_fund',
            column = 'fund',
            message = 'The company was given to you without its fund, and stays in it.',
            hint = 'Leave fund out, or ask an editor of the whole firm to move the company.';
    elsif p_new_fund_id = any(v_fund_ids) then
        return p_new_fund_id;
    end if;
    raise exception using
        errcode = 'QB400',
        constraint = 'fund_required',
        column = 'fund',
        message = 'A narrowed editor keeps companies in one of the funds that he sees.',
        hint = case
            when v_fund_ids = '{}'
                then 'You were given single companies and no fund: ask an administrator for a fund,'
                    ' or an editor of the whole firm to create the company.'
            else 'Send fund with the name of one of them.'
        end;
end
$$;

comment on function company.narrowed_fund(uuid, uuid) is
'Fund of a company that a narrowed editor creates or moves. Raises QB400 fund_required, '
'company_keeps_its_fund.';
grant execute on function company.narrowed_fund(uuid, uuid) to qb_editor_scoped;
