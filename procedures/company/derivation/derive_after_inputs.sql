-- After submitted quarters came, changed or went: derives their companies again, for the quarters
-- they reach.
create or replace function company.derive_after_inputs()
returns trigger
language plpgsql
volatile
-- Definer: derived rows are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
declare
    v_company_ids text[];
    v_first_ordinal integer;
    v_last_ordinal integer;
begin
    if tg_op = 'INSERT' then
        select array_agg(distinct n.company_id), min(n.quarter_ordinal), max(n.quarter_ordinal)
        into v_company_ids, v_first_ordinal, v_last_ordinal
        from new_rows as n;
    elsif tg_op = 'DELETE' then
        select array_agg(distinct o.company_id), min(o.quarter_ordinal), max(o.quarter_ordinal)
        into v_company_ids, v_first_ordinal, v_last_ordinal
        from old_rows as o;
    else
        select array_agg(distinct c.company_id), min(c.quarter_ordinal), max(c.quarter_ordinal)
        into v_company_ids, v_first_ordinal, v_last_ordinal
        from (
            select o.company_id, o.quarter_ordinal from old_rows as o
            union all
            select n.company_id, n.quarter_ordinal from new_rows as n
        ) as c;
    end if;

    if v_company_ids is not null then
        perform company.refresh_derived(v_company_ids, v_first_ordinal, v_last_ordinal);
    end if;
    return null;
end
$$;

comment on function company.derive_after_inputs() is
'Trigger _500_derive on company.metrics_input: keeps financials and metrics right.';
