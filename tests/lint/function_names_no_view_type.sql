-- No argument or result is of a view's row type: a view is rebuilt when its columns change, and
-- would take the function with it.
select
    p.oid::regprocedure::text as offender,
    t.oid::regtype::text as finding
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
inner join pg_type as t
    on t.oid = any(p.prorettype || coalesce(p.proallargtypes, p.proargtypes::oid[]))
left join pg_type as e on t.typelem = e.oid
inner join pg_class as c on c.oid in (t.typrelid, e.typrelid)
where n.nspowner = 'qb_owner'::regrole and c.relkind in ('v', 'm')
