-- One function a name: a new defaulted argument would leave the old function in place, and calls by
-- name would become ambiguous.
select p.oid::regprocedure::text as offender
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and exists (
        select
        from pg_proc as o
        where o.pronamespace = p.pronamespace and o.proname = p.proname and o.oid <> p.oid
    )
