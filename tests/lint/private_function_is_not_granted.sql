-- A helper (_leading_underscore) is called by its own room's functions: granted, it would be a
-- promise to others. Trigger functions need no grant to fire.
select
    p.oid::regprocedure::text as offender,
    coalesce(r.rolname, 'public') as finding
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as x
left join pg_roles as r on x.grantee = r.oid
where
    n.nspowner = 'qb_owner'::regrole
    and (p.proname ~ '^_' or p.prorettype = 'trigger'::regtype)
    and x.grantee <> p.proowner
