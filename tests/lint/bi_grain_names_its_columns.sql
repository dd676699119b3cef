-- The first sentence of a bi view's comment ends with the columns that name a row: "One row per
-- company and quarter: company_id, calendar_year, calendar_quarter." Tests, and the exports for
-- other tools, take them from there.
select distinct
    d.view_name as offender,
    coalesce(g.name, 'no columns') as finding
from bi.dictionary as d
left join lateral regexp_split_to_table(d.grain_columns, ', ') as g (name) on true
where
    g.name is null
    or not exists (
        select
        from bi.dictionary as k
        where k.view_name = d.view_name and k.column_name = g.name
    )
