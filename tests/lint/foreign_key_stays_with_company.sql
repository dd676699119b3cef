-- Foreign keys go per-company → per-company (company_id among the columns) or per-company →
-- shared, never from a shared table to a per-company one: rows of one company stay together.
with per_company as (
    select
        c.oid,
        a.attnum
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    inner join pg_attribute as a
        on c.oid = a.attrelid and a.attname = 'company_id' and not a.attisdropped
    where n.nspowner = 'qb_owner'::regrole and c.relkind in ('r', 'p')
)

select
    k.conrelid::regclass::text as offender,
    k.conname as finding
from pg_constraint as k
inner join per_company as target on k.confrelid = target.oid
left join per_company as source on k.conrelid = source.oid
where
    k.contype = 'f'
    and (
        source.oid is null
        or array_position(k.conkey, source.attnum) is null
        or array_position(k.conkey, source.attnum)
        is distinct from array_position(k.confkey, target.attnum)
    )
