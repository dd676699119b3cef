-- The first sentence of a bi view's comment is its grain: "One row per company, quarter and
-- currency."
select c.oid::regclass::text as offender
from pg_class as c
where
    c.relnamespace = to_regnamespace('bi')
    and c.relkind = 'v'
    and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^One row per \S'
