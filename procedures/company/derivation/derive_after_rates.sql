-- After rates of quarters changed: derives the companies that report, or are valued, in that
-- currency at that date, for just those quarters.
create or replace function company.derive_after_rates()
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
    if not exists (select from new_rows) then
        return null;
    end if;

    select array_agg(distinct i.company_id), min(i.quarter_ordinal), max(i.quarter_ordinal)
    into v_company_ids, v_first_ordinal, v_last_ordinal
    from (
        select
            m.company_id,
            m.quarter_ordinal
        from new_rows as n
        inner join company.metrics_input as m
            on n.from_currency = m.currency and n.quarter_end_on = m.fiscal_reporting_date
        union all
        select
            m.company_id,
            m.quarter_ordinal
        from new_rows as n
        inner join (
            select
                c.company_id,
                c.valuation_currency
            from company.company as c
            union
            select
                v.company_id,
                v.currency
            from company.valuation_round as v
        ) as w on n.from_currency = w.valuation_currency
        inner join company.metrics_input as m
            on
                w.company_id = m.company_id
                and n.quarter_end_on = m.fiscal_reporting_date
                and n.from_currency <> m.currency
    ) as i;

    if v_company_ids is not null then
        -- A rate reaches the rows in the currency it leads to.
        perform company.refresh_derived(
            v_company_ids,
            v_first_ordinal,
            v_last_ordinal,
            array(select distinct n.to_currency from new_rows as n)
        );
    end if;
    return null;
end
$$;

comment on function company.derive_after_rates() is
'Trigger _500_derive on fx.quarter_rate: keeps financials and metrics right.';
