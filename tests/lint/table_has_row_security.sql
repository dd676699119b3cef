-- Every table has row security: a forgotten one shows all its rows to whoever gets a grant.
select c.oid::regclass::text as offender
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind in ('r', 'p', 'f')
    and not c.relrowsecurity
