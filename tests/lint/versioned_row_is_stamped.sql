-- A table with row_version has the stamping trigger: a version that never moves is an ETag that
-- lets lost updates through.
select c.oid::regclass::text as offender
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
inner join pg_attribute as a on c.oid = a.attrelid and a.attname = 'row_version'
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind in ('r', 'p')
    and not c.relispartition
    and not exists (
        select
        from pg_trigger as t
        where
            t.tgrelid = c.oid
            and t.tgname = '_100_stamp'
            and t.tgenabled = 'O'
            -- Bits of tgtype: for each row, before, update.
            and t.tgtype & 19 = 19
    )
