-- Arguments are called p_…: in `language sql`, `where fund_id = fund_id` compares the column with
-- itself and is silently always true.
select
    p.oid::regprocedure::text as offender,
    coalesce(nullif(a.name, ''), '(no name)') as finding
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
cross join lateral generate_series(1, cardinality(coalesce(p.proallargtypes, p.proargtypes::oid[])))
    as i (place)
cross join lateral (
    select
        coalesce(p.proargnames[i.place], '') as name,
        coalesce(p.proargmodes[i.place], 'i') as mode
) as a
where
    n.nspowner = 'qb_owner'::regrole
    and a.mode in ('i', 'b', 'v')
    and a.name !~ '^p_[a-z]'
