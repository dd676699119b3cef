-- A constraint's name is the rule's name, which clients match: PostgreSQL's own names (x_check,
-- x_a_b_key) say nothing. Primary and foreign keys keep PostgreSQL's names.
select
    k.conrelid::regclass::text as offender,
    k.conname as finding
from pg_constraint as k
inner join pg_namespace as n on k.connamespace = n.oid
inner join pg_class as c on k.conrelid = c.oid
where
    n.nspowner = 'qb_owner'::regrole
    and k.conparentid = 0
    and c.relname !~ '^_?yoyo_'
    and case k.contype
        when 'p' then k.conname <> left(c.relname, 58) || '_pkey'
        when 'f' then k.conname !~ '_fkey$' or not starts_with(k.conname, left(c.relname, 20))
        when 'c' then k.conname ~ '_check[0-9]*$'
        when 'u' then k.conname ~ '_key[0-9]*$'
        when 'x' then k.conname ~ '_excl[0-9]*$'
        else false
    end
