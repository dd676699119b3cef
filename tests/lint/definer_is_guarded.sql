-- A security definer function runs as the owner, whom row security does not bind: it pins
-- search_path to nothing, belongs to qb_owner and is granted to named roles only.
select p.oid::regprocedure::text as offender
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and p.prosecdef
    and (
        not coalesce(p.proconfig, '{}') @> '{"search_path=\"\""}'
        or p.proowner <> 'qb_owner'::regrole
        or has_function_privilege('public', p.oid, 'execute')
    )
