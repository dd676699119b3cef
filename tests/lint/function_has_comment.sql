-- Every function says what it does: the catalogs of procedures/ are generated from it.
select p.oid::regprocedure::text as offender
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and coalesce(obj_description(p.oid, 'pg_proc'), '') = ''
