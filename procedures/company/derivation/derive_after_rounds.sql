-- After valuation rounds came, changed or went: derives all quarters of their companies again. (The
-- first round takes the company's own valuation from the quarters before it.)
create or replace function company.derive_after_rounds()
returns trigger
language plpgsql
volatile
-- Definer: derived rows are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
declare
    v_company_ids text[];
begin
    if tg_op = 'INSERT' then
        v_company_ids := array(select distinct n.company_id from new_rows as n);
    elsif tg_op = 'DELETE' then
        v_company_ids := array(select distinct o.company_id from old_rows as o);
    else
        v_company_ids := array(
            select o.company_id from old_rows as o
            union
            select n.company_id from new_rows as n
        );
    end if;

    if cardinality(v_company_ids) > 0 then
        perform company.refresh_derived(v_company_ids);
    end if;
    return null;
end
$$;

comment on function company.derive_after_rounds() is
'Trigger _500_derive on company.valuation_round: keeps financials and metrics right.';
