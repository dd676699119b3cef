-- One way of writing names, so that nobody ever has to quote one.
select
    o.offender,
    o.name as finding
from (
    select
        c.oid::regclass::text as offender,
        c.relname::text as name,
        n.nspowner
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I')
    union all
    select
        c.oid::regclass::text,
        a.attname::text,
        n.nspowner
    from pg_attribute as a
    inner join pg_class as c on a.attrelid = c.oid
    inner join pg_namespace as n on c.relnamespace = n.oid
    where c.relkind in ('r', 'p', 'f', 'v', 'm') and a.attnum > 0 and not a.attisdropped
    union all
    select
        p.oid::regprocedure::text,
        u.name,
        n.nspowner
    from pg_proc as p
    inner join pg_namespace as n on p.pronamespace = n.oid
    cross join lateral unnest(p.proname::text || coalesce(p.proargnames, '{}')) as u (name)
) as o
where o.nspowner = 'qb_owner'::regrole and o.name !~ '^_?[a-z][a-z0-9_]*$'
