-- Gives a user exactly these funds, companies and investors; a list that is null stays as it is.
-- Who must be narrowed is, and nobody else: viewers and editors by funds or companies under their
-- scoped twins, submitters by companies. A user with the role investor acts for investors, and sees
-- nothing as long as there are none.
create or replace function security.replace_user_scope(
    p_user_id uuid,
    p_funds text[],
    p_companies text[],
    p_investors text[] default null
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_role text := (select u.group_role from security.app_user as u where u.user_id = p_user_id);
    v_takes_funds boolean := v_role in ('qb_editor_scoped', 'qb_viewer_scoped');
    v_takes_companies boolean := v_takes_funds or v_role = 'qb_submitter';
    v_takes_investors boolean := v_role = 'qb_investor';
    v_fund_ids uuid[] := security.fund_ids(p_funds);
    v_investor_ids uuid[] := security.investor_ids(p_investors);
    v_unknown text;
begin
    if
        (cardinality(p_funds) > 0 and not v_takes_funds)
        or (cardinality(p_companies) > 0 and not v_takes_companies)
        or (cardinality(p_investors) > 0 and not v_takes_investors)
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'role_has_no_scope',
            column = case
                when cardinality(p_funds) > 0 and not v_takes_funds then 'funds'
                when cardinality(p_companies) > 0 and not v_takes_companies then 'companies'
                else 'investors'
            end,
            message = 'A user of this role is not narrowed to these.',
            detail = format('The role is %s.', substr(v_role, 4)),
            hint = case
                when v_takes_investors then 'Name investors, not funds or companies.'
                when cardinality(p_investors) > 0 then 'Use role investor, or leave investors out.'
                when v_role in ('qb_editor', 'qb_viewer')
                    then format('Use role %s_scoped.', substr(v_role, 4))
                when v_takes_companies then 'Name the companies of a submitter, not funds.'
                else 'Use role viewer_scoped or editor_scoped, or leave funds and companies out.'
            end;
    end if;
    select n.company_id into v_unknown
    from unnest(p_companies) as n (company_id)
    where
        not exists (select from company.company as c where c.company_id = n.company_id)
    limit 1;
    if found then
        raise exception using
            errcode = 'QB400',
            constraint = 'company_unknown',
            column = 'companies',
            message = format('There is no company "%s".', left(v_unknown, 100)),
            hint = 'Name it by its company_id, as the list of companies does.';
    end if;

    delete from security.user_fund as s
    where s.user_id = p_user_id and s.fund_id <> all (v_fund_ids);
    insert into security.user_fund (fund_id, user_id)
    select distinct n.fund_id, p_user_id
    from unnest(v_fund_ids) as n (fund_id)
    order by n.fund_id
    on conflict do nothing;
    delete from security.user_company as s
    where s.user_id = p_user_id and s.company_id <> all (p_companies);
    insert into security.user_company (company_id, user_id)
    select distinct n.company_id, p_user_id
    from unnest(p_companies) as n (company_id)
    order by n.company_id
    on conflict do nothing;
    delete from security.user_investor as s
    where s.user_id = p_user_id and s.investor_id <> all (v_investor_ids);
    insert into security.user_investor (investor_id, user_id)
    select distinct n.investor_id, p_user_id
    from unnest(v_investor_ids) as n (investor_id)
    order by n.investor_id
    on conflict do nothing;

    if
        v_takes_companies
        and not exists (select from security.user_fund as s where s.user_id = p_user_id)
        and not exists (select from security.user_company as s where s.user_id = p_user_id)
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'scope_required',
            column = case when v_takes_funds then 'funds' else 'companies' end,
            message = 'A user of this role is narrowed to something.',
            detail = format('The role is %s.', substr(v_role, 4)),
            hint = case
                when v_takes_funds then 'Name at least one fund or company.'
                else 'Name at least one company.'
            end;
    end if;
end
$$;

comment on function security.replace_user_scope(uuid, text[], text[], text[]) is
'Narrows a user to these funds (names or ids), companies (company_id) and investors (codes or ids) '
'and no others; null leaves them. Raises QB400 fund_unknown, company_unknown, investor_unknown, '
'role_has_no_scope, scope_required.';
grant execute on function security.replace_user_scope(uuid, text[], text[], text[]) to qb_admin;
