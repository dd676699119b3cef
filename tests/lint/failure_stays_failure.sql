-- Nothing catches `when others` and turns a failure into data.
select p.oid::regprocedure::text as offender
from pg_proc as p
inner join pg_namespace as n on p.pronamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and regexp_replace(p.prosrc, '--[^\n]*', '', 'g') ~* '\mwhen\s+others\M'
