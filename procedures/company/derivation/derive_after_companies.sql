-- After companies changed something the derivation reads: derives all their quarters again.
create or replace function company.derive_after_companies()
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
    select array_agg(n.company_id)
    into v_company_ids
    from new_rows as n
    inner join old_rows as o on n.company_id = o.company_id
    where
        row(
            n.burn_sign,
            n.post_money_valuation_amount,
            n.equity_raised_amount,
            n.valuation_currency
        )
        is distinct from
        row(
            o.burn_sign,
            o.post_money_valuation_amount,
            o.equity_raised_amount,
            o.valuation_currency
        );

    if v_company_ids is not null then
        perform company.refresh_derived(v_company_ids);
    end if;
    return null;
end
$$;

comment on function company.derive_after_companies() is
'Trigger _500_derive on company.company: keeps financials and metrics right.';
