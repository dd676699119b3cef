-- A key that is referenced never changes, so `on update cascade` (or set null, set default) stands
-- nowhere: on a distributed table it could not be carried out.
select
    k.conrelid::regclass::text as offender,
    k.conname as finding
from pg_constraint as k
inner join pg_namespace as n on k.connamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and k.contype = 'f'
    and k.confupdtype in ('c', 'n', 'd')
