-- A function that a policy calls is parallel safe: one that does not say so keeps every query of
-- those it binds on one core.
select
    p.polrelid::regclass::text as offender,
    p.polname as finding
from pg_policy as p
inner join pg_depend as d
    on
        p.oid = d.objid
        and d.classid = 'pg_policy'::regclass
        and d.refclassid = 'pg_proc'::regclass
inner join pg_proc as f on d.refobjid = f.oid
inner join pg_class as c on p.polrelid = c.oid
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and f.proparallel <> 's'
group by 1, 2
