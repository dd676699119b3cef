-- What facts.sql says, of what types are made of. Read with an empty search_path.
with room as (
    select n.*
    from pg_namespace as n
    where n.nspowner = to_regrole('qb_owner')
),

fact (class_id, oid, name, value) as (
    select
        'pg_type'::regclass,
        t.oid,
        f.name,
        f.value
    from pg_type as t
    inner join room as r on t.typnamespace = r.oid
    cross join
        lateral (
            values
            ('kind', t.typtype::text),
            ('base type', nullif(format_type(t.typbasetype, t.typtypmod), '-')),
            ('not null', t.typnotnull::text),
            ('default', t.typdefault),
            (
                'values',
                (
                    select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
                    from pg_enum as e
                    where e.enumtypid = t.oid
                )
            )
        ) as f (name, value)
    union all
    select
        'pg_type'::regclass,
        k.contypid,
        'constraint ' || k.conname,
        pg_get_constraintdef(k.oid)
    from pg_constraint as k
    where k.contypid <> 0
    union all
    select
        'pg_type'::regclass,
        t.oid,
        'attribute ' || a.attname,
        format_type(a.atttypid, a.atttypmod)
    from pg_type as t
    inner join room as r on t.typnamespace = r.oid
    inner join pg_class as c on t.typrelid = c.oid and c.relkind = 'c'
    inner join pg_attribute as a on c.oid = a.attrelid and not a.attisdropped
)

select
    f.class_id::oid,
    f.oid,
    jsonb_object_agg(f.name, f.value) as facts
from fact as f
where f.value is not null
group by f.class_id, f.oid
