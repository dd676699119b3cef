-- Nobody but the owner (and who administers the database) creates anything in our schemas, or
-- temporary objects: those could shadow a type or a table that a function means.
select
    o.offender,
    r.rolname || ': ' || x.privilege_type as finding
from (
    select
        n.nspname::text as offender,
        n.nspacl as acl,
        n.nspowner as owner
    from pg_namespace as n
    where n.nspowner = 'qb_owner'::regrole
    union all
    select
        'the database',
        b.datacl,
        b.datdba
    from pg_database as b
    where b.datname = current_database()
) as o
cross join lateral aclexplode(o.acl) as x
inner join pg_roles as r on x.grantee = r.oid
where
    x.privilege_type in ('CREATE', 'TEMPORARY')
    and x.grantee not in (o.owner, 'qb_owner'::regrole)
    and (r.rolname ~ '^qb_' or r.rolname in (select l.login from security.database_login as l))
