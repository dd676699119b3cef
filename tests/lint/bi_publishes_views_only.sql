-- bi is what other people's tools read: plain views and nothing else. Tables, materialized views
-- and functions live in their room.
select pg_describe_object(o.class_id, o.object_id, 0) as offender
from (
    select
        'pg_class'::regclass as class_id,
        c.oid as object_id,
        c.relnamespace as room
    from pg_class as c
    where c.relkind <> 'v'
    union all
    select
        'pg_proc'::regclass,
        p.oid,
        p.pronamespace
    from pg_proc as p
    union all
    select
        'pg_type'::regclass,
        t.oid,
        t.typnamespace
    from pg_type as t
    where t.typrelid = 0 and t.typelem = 0
) as o
where o.room = to_regnamespace('bi')
