-- Brings everything derived of some companies up to date, for the quarters whose inputs changed.
-- One changed quarter reaches its own financials, and metrics up to 7 quarters later (LTM against
-- the LTM of a year before).
create or replace function company.refresh_derived(
    p_company_ids text[],
    p_first_ordinal integer default 0,
    p_last_ordinal integer default 100000,
    p_currencies text[] default null
)
returns bigint
language plpgsql
volatile
security invoker
set search_path = ''
-- What the sorts and hash tables of one batch need.
set work_mem = '64MB'
-- End what set_config() below begins.
set plan_cache_mode = 'auto'
set enable_nestloop = on
as $$
declare
    -- That many companies' sorts and hash tables stay in memory, however many there are.
    c_batch constant integer := 500;
    v_company_ids text[];
    v_ids text[];
    v_changed bigint := 0;
begin
    -- Shared things first, then companies in key order: two derivations never wait for each other
    -- in a circle, and each statement below sees what the last holder of the company committed.
    perform fx.lock_derivation(false);
    v_company_ids := array(
        select c.company_id
        from company.company as c
        where c.company_id = any(p_company_ids)
        order by c.company_id
        for no key update
    );

    -- A few companies are worth no planning: the plan made for nobody in particular looks each row
    -- up. Many are worth a plan of their own, without nested loops: a table that was analyzed while
    -- the rows of a first load were on their way counts as empty, and loops over empty tables take
    -- twenty times as long as the load.
    if cardinality(v_company_ids) <= 20 then
        perform set_config('plan_cache_mode', 'force_generic_plan', true);
    else
        perform
            set_config('plan_cache_mode', 'force_custom_plan', true),
            set_config('enable_nestloop', 'off', true);
    end if;

    for v_first in 1..cardinality(v_company_ids) by c_batch loop
        v_ids := v_company_ids[v_first:v_first + c_batch - 1];
        if p_currencies is null then
            perform company.ensure_input_rates(v_ids, p_first_ordinal, p_last_ordinal);
        end if;
        if company.has_derived(v_ids, p_first_ordinal, p_last_ordinal + 7) then
            v_changed := v_changed
                + company.refresh_financials(
                    v_ids, p_first_ordinal, p_last_ordinal, p_currencies
                )
                + company.refresh_metrics(
                    v_ids, p_first_ordinal, p_last_ordinal + 7, p_currencies
                );
        else
            v_changed := v_changed
                + company.add_financials(v_ids, p_first_ordinal, p_last_ordinal)
                + company.add_metrics(v_ids, p_first_ordinal, p_last_ordinal + 7);
        end if;
    end loop;
    perform fund.mark_portfolio(p_company_ids, p_first_ordinal, p_last_ordinal);
    return v_changed;
end
$$;

comment on function company.refresh_derived(text[], integer, integer, text[]) is
'Derives financials and metrics of some companies again after inputs of the quarters between '
'the two ordinals, or only their rates to p_currencies, changed; returns the number of rows that '
'were different.';
