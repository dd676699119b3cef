-- No role may hand a right on, and none has truncate, references, trigger or maintain on a table:
-- truncate passes row security and row triggers by, the others let a role interfere with writers.
select
    o.offender,
    coalesce(r.rolname, 'public') || ': ' || x.privilege_type
    || case when x.is_grantable then ' with grant option' else '' end as finding
from (
    select
        c.oid::regclass::text as offender,
        c.relacl as acl,
        c.relowner as owner
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole
    union all
    select
        p.oid::regprocedure::text,
        p.proacl,
        p.proowner
    from pg_proc as p
    inner join pg_namespace as n on p.pronamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole
) as o
cross join lateral aclexplode(o.acl) as x
left join pg_roles as r on x.grantee = r.oid
where
    x.grantee <> o.owner
    and (
        x.is_grantable
        or x.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
    )
