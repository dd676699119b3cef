-- Keys are uuid, identity or the field's own text: a serial's sequence is a second object with an
-- owner and grants of its own, and a distributed table cannot share it.
select
    c.oid::regclass || '.' || a.attname as offender,
    pg_get_expr(d.adbin, d.adrelid) as finding
from pg_attrdef as d
inner join pg_class as c on d.adrelid = c.oid
inner join pg_attribute as a on d.adrelid = a.attrelid and d.adnum = a.attnum
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and pg_get_expr(d.adbin, d.adrelid) ~ '\mnextval\('
