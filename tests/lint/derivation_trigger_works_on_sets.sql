-- What derives (_500_…) fires once a statement: a trigger that derived row by row was 20 times
-- slower.
select
    t.tgrelid::regclass::text as offender,
    t.tgname as finding
from pg_trigger as t
inner join pg_class as c on t.tgrelid = c.oid
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and not t.tgisinternal
    and t.tgname ~ '^_5'
    -- Bit 0 of tgtype: for each row.
    and t.tgtype & 1 = 1
