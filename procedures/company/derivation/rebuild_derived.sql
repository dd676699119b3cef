-- Derives everything again, for all companies or a range of them, so that several connections can
-- share the work. The result never depends on triggers: with them off it gives the same rows.
create or replace function company.rebuild_derived(
    p_first_company_id text default null,
    p_last_company_id text default null
)
returns table (companies bigint, rows_changed bigint)
language plpgsql
volatile
-- Definer: derived rows are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
declare
    v_company_ids text[];
begin
    companies := 0;
    rows_changed := 0;

    if p_first_company_id is null and p_last_company_id is null then
        perform fx.lock_derivation(true);
        rows_changed := fx.refresh_quarter_rates();
    end if;

    -- A few hundred companies at a time keep sorts and hash tables in memory.
    for v_company_ids in
        select array_agg(c.company_id)
        from (
            select
                x.company_id,
                (row_number() over (order by x.company_id) - 1) / 500 as batch
            from company.company as x
            where
                x.company_id >= coalesce(p_first_company_id, x.company_id)
                and x.company_id <= coalesce(p_last_company_id, x.company_id)
        ) as c
        group by c.batch
        order by c.batch
    loop
        companies := companies + cardinality(v_company_ids);
        rows_changed := rows_changed + company.refresh_derived(v_company_ids);
    end loop;
    return next;
end
$$;

comment on function company.rebuild_derived(text, text) is
'Derives financials and metrics of the companies in the key range (all by default) again; '
'returns how many companies were read and how many rows were different.';
grant execute on function company.rebuild_derived(text, text) to qb_admin;
