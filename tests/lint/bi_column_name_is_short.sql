-- Names of bi are at most 40 characters of lower case: longer ones are cut or refused by tools.
select
    c.oid::regclass || '.' || a.attname as offender,
    length(a.attname) as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
where
    c.relnamespace = to_regnamespace('bi')
    and a.attnum > 0
    and not a.attisdropped
    and a.attname !~ '^[a-z][a-z0-9_]{0,39}$'
