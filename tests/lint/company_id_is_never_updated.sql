-- Nobody may update company_id: a row never moves from one company to another.
select
    c.oid::regclass::text as offender,
    r.rolname as finding
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
inner join pg_attribute as a
    on c.oid = a.attrelid and a.attname = 'company_id' and not a.attisdropped
cross join lateral (
    select x.grantee
    from aclexplode(c.relacl) as x
    where x.privilege_type = 'UPDATE'
    union
    select y.grantee
    from aclexplode(a.attacl) as y
    where y.privilege_type = 'UPDATE'
) as g
left join pg_roles as r on g.grantee = r.oid
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind in ('r', 'p', 'f', 'v')
    and g.grantee <> c.relowner
