-- A company with dated rounds is valued by them: changing its own valuation would silently do
-- nothing.
create or replace function company.check_own_valuation()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_company_id text;
begin
    select n.company_id
    into v_company_id
    from new_rows as n
    inner join old_rows as o on n.company_id = o.company_id
    where
        row(n.post_money_valuation_amount, n.equity_raised_amount, n.valuation_currency)
        is distinct from
        row(o.post_money_valuation_amount, o.equity_raised_amount, o.valuation_currency)
        and exists (
            select from company.valuation_round as r where r.company_id = n.company_id
        )
    order by n.company_id
    limit 1;

    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'valuation_by_rounds',
            column = 'post_money_valuation',
            message = 'This company is valued by dated rounds.',
            detail = v_company_id,
            hint = 'Add a valuation round instead of changing the company''s own valuation.';
    end if;
    return null;
end
$$;

comment on function company.check_own_valuation() is
'Trigger _300_check on company.company. Raises QB409 valuation_by_rounds.';
