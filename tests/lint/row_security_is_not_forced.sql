-- Row security is enabled, never forced: forced, it empties the owner's materialized views and
-- loops the functions that policies call. No login owns anything, so nobody slips past it.
select c.oid::regclass::text as offender
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
where n.nspowner = 'qb_owner'::regrole and c.relforcerowsecurity
