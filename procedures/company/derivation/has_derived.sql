-- Whether anything is derived yet of some companies' quarters: where nothing is, rows can be added
-- without looking for older ones.
create or replace function company.has_derived(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer
)
returns boolean
language plpgsql
stable
security invoker
set search_path = ''
-- Only the primary key gives this order without a sort: one look into it for each company, whatever
-- the planner knows of the table. One that was analyzed while the rows of a first load were on
-- their way counts as empty, and would be read whole for each company.
set enable_sort = off
set enable_nestloop = on
as $$
begin
    return
        exists (
            select
            from unnest(p_company_ids) as u (company_id)
            cross join lateral (
                select
                from company.quarterly_reporting_metrics as m
                where
                    m.company_id = u.company_id
                    and m.reporting_year between p_first_ordinal / 4 and p_last_ordinal / 4
                    and m.reporting_year * 4 + m.reporting_quarter - 1
                    between p_first_ordinal and p_last_ordinal
                order by m.reporting_year, m.reporting_quarter
                limit 1
            ) as d
        )
        or exists (
            select
            from unnest(p_company_ids) as u (company_id)
            cross join lateral (
                select
                from company.quarterly_reporting_financials as f
                where
                    f.company_id = u.company_id
                    and f.reporting_year between p_first_ordinal / 4 and p_last_ordinal / 4
                    and f.reporting_year * 4 + f.reporting_quarter - 1
                    between p_first_ordinal and p_last_ordinal
                order by f.reporting_year, f.reporting_quarter
                limit 1
            ) as d
        );
end
$$;

comment on function company.has_derived(text[], integer, integer) is
'True if a derived row of one of the companies and of the quarters between the two ordinals is '
'stored.';
