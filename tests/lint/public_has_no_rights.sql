-- What everybody has, nobody granted: no right of public on our schemas, tables, columns, views,
-- sequences and functions, nor on the database, where a temporary object could shadow ours.
select
    o.offender,
    x.privilege_type as finding
from (
    select
        n.nspname::text as offender,
        coalesce(n.nspacl, acldefault('n', n.nspowner)) as acl
    from pg_namespace as n
    where n.nspowner = 'qb_owner'::regrole
    union all
    select
        c.oid::regclass::text,
        coalesce(c.relacl, acldefault('r', c.relowner))
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole
    union all
    select
        a.attrelid::regclass || '.' || a.attname,
        a.attacl
    from pg_attribute as a
    inner join pg_class as c on a.attrelid = c.oid
    inner join pg_namespace as n on c.relnamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole and a.attacl is not null
    union all
    select
        p.oid::regprocedure::text,
        coalesce(p.proacl, acldefault('f', p.proowner))
    from pg_proc as p
    inner join pg_namespace as n on p.pronamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole
    union all
    select
        'the database',
        coalesce(b.datacl, acldefault('d', b.datdba))
    from pg_database as b
    where b.datname = current_database()
) as o
cross join lateral aclexplode(o.acl) as x
where x.grantee = 0
