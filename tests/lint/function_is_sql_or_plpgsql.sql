-- Two languages: everything else needs an extension that a managed server may not have. (An
-- aggregate's own is PostgreSQL's; those of its functions are looked at as all others.)
select
    p.oid::regprocedure::text as offender,
    l.lanname as finding
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
inner join pg_language as l on p.prolang = l.oid
where
    n.nspowner = 'qb_owner'::regrole
    and p.prokind <> 'a'
    and l.lanname not in ('sql', 'plpgsql')
