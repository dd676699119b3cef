-- Names of bi views are at most 40 characters of lower case, as those of their columns.
select
    c.oid::regclass::text as offender,
    length(c.relname) as finding
from pg_class as c
where
    c.relnamespace = to_regnamespace('bi')
    and c.relkind = 'v'
    and c.relname !~ '^[a-z][a-z0-9_]{0,39}$'
