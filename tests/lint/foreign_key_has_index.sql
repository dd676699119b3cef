-- A foreign key's columns lead an index: else deleting one referenced row reads the whole
-- referencing table. Not needed where the referenced rows are reference data.
with reference_data (referenced, reason) as (
    values
    ('fx.currency', 'ISO 4217: a currency is withdrawn, never deleted'),
    ('fx.source', 'a publisher is disabled, never deleted'),
    ('company.country', 'ISO 3166: never deleted'),
    ('company.customer_type', 'kinds are added and reworded, not deleted'),
    ('company.revenue_type', 'kinds are added and reworded, not deleted'),
    ('ledger.entry_kind', 'kinds are added and reworded, not deleted')
)

select
    k.conrelid::regclass::text as offender,
    k.conname as finding
from pg_constraint as k
inner join pg_namespace as n on k.connamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and k.contype = 'f'
    and k.conparentid = 0
    and k.confrelid::regclass::text not in (select r.referenced from reference_data as r)
    and not exists (
        select
        from pg_index as i
        where
            i.indrelid = k.conrelid
            and i.indpred is null
            and i.indisvalid
            -- The first columns of the index are those of the key, in any order.
            and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey
    )
