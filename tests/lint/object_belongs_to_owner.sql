-- qb_owner, who cannot log in, owns everything in our schemas: an owner is not bound by row
-- security. The platform's own roles own nothing anywhere else in this database either.
select
    o.offender,
    r.rolname as finding
from (
    select
        c.oid::regclass::text as offender,
        c.relowner as owner
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole and c.relkind not in ('i', 'I')
    union all
    select
        p.oid::regprocedure::text,
        p.proowner
    from pg_proc as p
    inner join pg_namespace as n on p.pronamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole
    union all
    select
        t.oid::regtype::text,
        t.typowner
    from pg_type as t
    inner join pg_namespace as n on t.typnamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole and t.typrelid = 0 and t.typcategory <> 'A'
    union
    select
        pg_describe_object(d.classid, d.objid, d.objsubid),
        d.refobjid
    from pg_shdepend as d
    inner join pg_roles as x on d.refobjid = x.oid
    where
        d.refclassid = 'pg_authid'::regclass
        and d.deptype = 'o'
        and d.dbid = (select b.oid from pg_database as b where b.datname = current_database())
        and x.rolname ~ '^qb_'
) as o
inner join pg_roles as r on o.owner = r.oid
where r.rolname <> 'qb_owner'
