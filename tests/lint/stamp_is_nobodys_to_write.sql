-- Who did it and when, and the version, are written by defaults and triggers: nobody may insert or
-- update them.
select
    c.oid::regclass || '.' || a.attname as offender,
    coalesce(r.rolname, 'public') || ': ' || x.privilege_type as finding
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
inner join pg_attribute as a on c.oid = a.attrelid
cross join lateral aclexplode(a.attacl || c.relacl) as x
left join pg_roles as r on x.grantee = r.oid
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind in ('r', 'p', 'v')
    and a.attname in (
        'created_date', 'created_by', 'created_at', 'last_update_date', 'last_updated_by',
        'recorded_at', 'posted_at', 'posted_by', 'closed_at', 'closed_by', 'row_version'
    )
    and x.grantee <> c.relowner
    and x.privilege_type in ('INSERT', 'UPDATE')
