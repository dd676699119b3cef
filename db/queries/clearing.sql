-- The statements that take each function and relation back to no grants and no comments. They run
-- before its file is run again, so that a grant or comment that was removed from the file is gone
-- from the catalog too.
with room as (
    select n.oid
    from pg_namespace as n
    where n.nspowner = to_regrole('qb_owner')
),

privilege as (
    select
        'pg_proc'::regclass as class_id,
        p.oid,
        p.proacl as acl,
        p.proowner as owner
    from pg_proc as p
    inner join room as r on p.pronamespace = r.oid
    union all
    select
        'pg_class'::regclass,
        c.oid,
        c.relacl,
        c.relowner
    from pg_class as c
    inner join room as r on c.relnamespace = r.oid
    union all
    select
        'pg_class'::regclass,
        c.oid,
        a.attacl,
        c.relowner
    from pg_attribute as a
    inner join pg_class as c on a.attrelid = c.oid
    inner join room as r on c.relnamespace = r.oid
    where a.attacl is not null
),

target as (
    select distinct
        p.class_id,
        p.oid,
        i.type,
        i.identity
    from privilege as p
    cross join lateral pg_identify_object(p.class_id, p.oid, 0) as i
)

select distinct
    t.class_id::oid,
    t.oid,
    format(
        'revoke all on %s %s from %s',
        case when t.class_id = 'pg_proc'::regclass then 'routine' else 'table' end,
        t.identity,
        case when i.grantee = 0 then 'public' else i.grantee::regrole::text end
    ) as statement
from target as t
inner join privilege as p on t.class_id = p.class_id and t.oid = p.oid
cross join lateral aclexplode(p.acl) as i
where i.grantee <> p.owner
union all
select
    t.class_id::oid,
    t.oid,
    format('comment on %s %s is null', t.type, t.identity)
from target as t
where obj_description(t.oid, t.class_id::text::name) is not null
union all
select
    t.class_id::oid,
    t.oid,
    format('comment on column %s.%I is null', t.identity, a.attname)
from target as t
inner join pg_attribute as a on t.oid = a.attrelid
where
    t.class_id = 'pg_class'::regclass and a.attnum > 0 and not a.attisdropped
    and col_description(a.attrelid, a.attnum) is not null
