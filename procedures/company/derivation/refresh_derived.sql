-- Brings everything derived of some companies up to date, for the quarters whose inputs changed.
-- One changed quarter reaches its own financials, and metrics up to 7 quarters later (LTM against
-- the LTM of a year before).
create or replace function company.refresh_derived(
    p_company_ids text[],
    p_first_ordinal integer default 0,
    p_last_ordinal integer default 100000
)
returns bigint
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_changed bigint;
begin
    -- Shared things first, then companies in key order: two derivations never wait for each other
    -- in a circle, and each statement below sees what the last holder of the company committed.
    perform fx.lock_derivation(false);
    perform
    from company.company as c
    where c.company_id = any(p_company_ids)
    order by c.company_id
    for no key update;

    perform
        fx.ensure_quarter_rates(
            array_agg(w.currency),
            array_agg(w.fiscal_reporting_date),
            array_agg(w.own_currency)
        )
    from (
        select
            q.currency,
            q.fiscal_reporting_date,
            q.currency as own_currency
        from company.valued_quarter as q
        where
            q.company_id = any(p_company_ids)
            and q.quarter_ordinal between p_first_ordinal and p_last_ordinal
        union
        select
            q.valuation_currency,
            q.fiscal_reporting_date,
            q.currency
        from company.valued_quarter as q
        where
            q.company_id = any(p_company_ids)
            and q.quarter_ordinal between p_first_ordinal and p_last_ordinal
            and q.valuation_currency <> q.currency
    ) as w;

    v_changed := company.refresh_financials(p_company_ids, p_first_ordinal, p_last_ordinal);
    v_changed := v_changed
        + company.refresh_metrics(p_company_ids, p_first_ordinal, p_last_ordinal + 7);
    return v_changed;
end
$$;

comment on function company.refresh_derived(text[], integer, integer) is
'Derives financials and metrics of some companies again after inputs of the quarters between '
'the two ordinals changed; returns the number of rows that were different.';
