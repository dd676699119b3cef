-- Two languages: everything else needs an extension that a managed server may not have.
select
    p.oid::regprocedure::text as offender,
    l.lanname as finding
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
inner join pg_language as l on p.prolang = l.oid
where n.nspowner = 'qb_owner'::regrole and l.lanname not in ('sql', 'plpgsql')
