-- company_id is text wherever it stands: a join of two types uses no index and cannot be pushed
-- down.
select
    c.oid::regclass::text as offender,
    format_type(a.atttypid, a.atttypmod) as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind in ('r', 'p', 'f', 'v', 'm')
    and a.attname = 'company_id'
    and not a.attisdropped
    and a.atttypid <> 'text'::regtype
