-- Counts the derived quarters again, should the stored numbers ever be wrong: the cure that
-- ops.check_quarter_counts_are_right names.
create or replace function company.recount_quarters()
returns bigint
language plpgsql
volatile
-- Invoker: only the owner may write here, and only the owner may run this.
security invoker
set search_path = ''
as $$
declare
    v_changed bigint;
    v_removed bigint;
begin
    -- Derivations wait: they change these numbers.
    lock table company.quarterly_reporting_financials in share row exclusive mode;

    insert into company.quarter_count as q (company_id, currency, quarters)
    select
        f.company_id,
        f.currency,
        count(*)
    from company.quarterly_reporting_financials as f
    group by f.company_id, f.currency
    on conflict (company_id, currency) do update
    set quarters = excluded.quarters
    where q.quarters <> excluded.quarters;
    get diagnostics v_changed = row_count;

    delete from company.quarter_count as q
    where not exists (
        select
        from company.quarterly_reporting_financials as f
        where f.company_id = q.company_id and f.currency = q.currency
    );
    get diagnostics v_removed = row_count;

    return v_changed + v_removed;
end
$$;

comment on function company.recount_quarters() is
'Counts derived quarters again; returns how many stored numbers were wrong.';
