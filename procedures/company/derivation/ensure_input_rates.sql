-- Sees to the rates that quarters of some companies need: of their own currency and, at the same
-- dates, of every currency a valuation of the company is in.
create or replace function company.ensure_input_rates(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    perform
        fx.ensure_quarter_rates(
            array_agg(w.from_currency),
            array_agg(w.fiscal_reporting_date),
            array_agg(w.own_currency)
        )
    from (
        select
            i.currency as from_currency,
            i.fiscal_reporting_date,
            i.currency as own_currency
        from company.metrics_input as i
        where
            i.company_id = any(p_company_ids)
            and i.quarter_ordinal between p_first_ordinal and p_last_ordinal
        union
        select
            v.currency,
            i.fiscal_reporting_date,
            i.currency
        from (
            select
                c.company_id,
                c.valuation_currency as currency
            from company.company as c
            where c.company_id = any(p_company_ids)
            union
            select
                r.company_id,
                r.currency
            from company.valuation_round as r
            where r.company_id = any(p_company_ids)
        ) as v
        inner join company.metrics_input as i
            on v.company_id = i.company_id and v.currency <> i.currency
        where
            i.company_id = any(p_company_ids)
            and i.quarter_ordinal between p_first_ordinal and p_last_ordinal
    ) as w;
end
$$;

comment on function company.ensure_input_rates(text[], integer, integer) is
'Adds the fx.quarter_rate rows that the quarters of some companies between the two ordinals need.';
