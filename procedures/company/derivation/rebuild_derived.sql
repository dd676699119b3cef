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
    rows_changed := 0;

    if p_first_company_id is null and p_last_company_id is null then
        perform fx.lock_derivation(true);
        rows_changed := fx.refresh_quarter_rates();
    end if;

    v_company_ids := array(
        select c.company_id
        from company.company as c
        where
            c.company_id >= coalesce(p_first_company_id, c.company_id)
            and c.company_id <= coalesce(p_last_company_id, c.company_id)
    );
    companies := cardinality(v_company_ids);
    rows_changed := rows_changed + company.refresh_derived(v_company_ids);
    return next;
end
$$;

comment on function company.rebuild_derived(text, text) is
'Derives financials and metrics of the companies in the key range (all by default) again; '
'returns how many companies were read and how many rows were different.';
grant execute on function company.rebuild_derived(text, text) to qb_admin;
