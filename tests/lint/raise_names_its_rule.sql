-- Callers match codes, people read words: every `raise exception` gives errcode QB and status, the
-- rule's name as constraint, a message and the next step as hint.
select
    p.oid::regprocedure::text as offender,
    left(regexp_replace(r.match[1], '\s+', ' ', 'g'), 80) as finding
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
cross join lateral regexp_matches(
    regexp_replace(p.prosrc, '--[^\n]*', '', 'g'),
    '(\mraise\s+exception\M(?:[^;'']|''[^'']*'')*);', 'gi'
) as r (match)
where
    n.nspowner = 'qb_owner'::regrole
    and not (
        r.match[1] ~ '\merrcode = ''QB[1-5][0-9]{2}'''
        and r.match[1] ~ '\mconstraint = '
        and r.match[1] ~ '\mmessage = '
        and r.match[1] ~ '\mhint = '
    )
