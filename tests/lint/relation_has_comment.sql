-- Every table and view says what one of its rows is: comments in the catalog are the shipped
-- documentation.
select c.oid::regclass::text as offender
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind in ('r', 'p', 'f', 'v', 'm')
    and not c.relispartition
    and coalesce(obj_description(c.oid, 'pg_class'), '') = ''
