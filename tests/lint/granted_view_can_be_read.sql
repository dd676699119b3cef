-- A view runs with its reader's rights: whoever may select from it may use its schema, read every
-- column and run every function it stands on. Otherwise the grant is an error waiting for a user.
select distinct
    c.oid::regclass::text as offender,
    x.grantee::regrole || ' has no right on ' || m.missing as finding
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
cross join lateral aclexplode(c.relacl) as x
left join pg_rewrite as w
    on c.oid = w.ev_class and coalesce(c.reloptions, '{}') @> '{security_invoker=true}'
left join pg_depend as d
    on w.oid = d.objid and d.classid = 'pg_rewrite'::regclass and d.deptype = 'n'
left join pg_class as b
    on d.refobjid = b.oid and d.refclassid = 'pg_class'::regclass and c.oid <> b.oid
left join pg_attribute as a on b.oid = a.attrelid and d.refobjsubid = a.attnum and a.attnum > 0
left join pg_proc as p on d.refobjid = p.oid and d.refclassid = 'pg_proc'::regclass
cross join lateral (
    values
    (case when not has_schema_privilege(x.grantee, n.oid, 'usage') then 'schema ' || n.nspname end),
    (
        case
            when not has_column_privilege(x.grantee, b.oid, a.attnum, 'select')
                then b.oid::regclass || '.' || a.attname
        end
    ),
    (
        case
            when not has_function_privilege(x.grantee, p.oid, 'execute')
                then p.oid::regprocedure::text
        end
    )
) as m (missing)
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind = 'v'
    and x.grantee <> c.relowner
    and x.privilege_type = 'SELECT'
    and m.missing is not null
