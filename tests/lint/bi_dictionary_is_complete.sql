-- bi.dictionary says everything of every published column: the descriptions, tests and metrics of
-- other people's tools are made from it.
select
    c.oid::regclass || '.' || a.attname as offender,
    case when d.column_name is null then 'not in the dictionary' else 'incomplete' end as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
left join bi.dictionary as d on c.relname = d.view_name and a.attname = d.column_name
where
    c.relnamespace = 'bi'::regnamespace
    and a.attnum > 0
    and not a.attisdropped
    and (
        d.column_name is null
        or d.unit is null
        or d.additivity is null
        or coalesce(d.description, '') = ''
        or d.grain is null
        or d.grain_columns is null
        or d.view_description is null
    )
