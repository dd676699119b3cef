-- The comment of a function that raises a rule names the rule: callers read there what to expect.
select
    p.oid::regprocedure::text as offender,
    r.match[1] as finding
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
cross join lateral regexp_matches(p.prosrc, '\mconstraint = ''(\w+)''', 'g') as r (match)
where
    n.nspowner = 'qb_owner'::regrole
    and coalesce(obj_description(p.oid, 'pg_proc'), '') !~ ('\m' || r.match[1] || '\M')
