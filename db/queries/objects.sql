-- Every object in Quarterbase's schemas (those that qb_owner owns), extensions' objects left out.
-- identity is how `drop` and `comment on` name it. version changes with every replacement.
-- Column defaults and constraints are listed when they call one of our functions: then a trigger
-- file has attached them, because a migration cannot.
with room as (
    select
        n.oid,
        n.nspname
    from pg_namespace as n
    where n.nspowner = to_regrole('qb_owner')
),

-- A default or constraint, and its table.
attached as (
    select distinct
        d.classid as class_id,
        d.objid as oid,
        coalesce(a.adrelid, k.conrelid) as table_id,
        coalesce(a.ctid, k.ctid)::text as version
    from pg_depend as d
    inner join pg_proc as p on d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
    inner join room as r on p.pronamespace = r.oid
    left join pg_attrdef as a on d.classid = 'pg_attrdef'::regclass and d.objid = a.oid
    left join pg_constraint as k on d.classid = 'pg_constraint'::regclass and d.objid = k.oid
    where a.adrelid is not null or k.conrelid > 0
),

object as (
    select
        case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end
            as kind,
        'pg_proc'::regclass as class_id,
        p.oid,
        r.nspname,
        p.proname as name,
        p.ctid::text as version
    from pg_proc as p
    inner join room as r on p.pronamespace = r.oid
    union all
    select
        case
            when c.relkind in ('v', 'm') then 'view' when c.relkind = 'S' then 'sequence'
            else 'table'
        end,
        'pg_class'::regclass,
        c.oid,
        r.nspname,
        c.relname,
        c.ctid::text
    from pg_class as c
    inner join room as r on c.relnamespace = r.oid
    where
        c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
        -- A column's own sequence is part of its table.
        and not exists (
            select from pg_depend as d
            where
                c.relkind = 'S' and d.classid = 'pg_class'::regclass and d.objid = c.oid
                and d.deptype in ('a', 'i') and d.refobjsubid > 0
        )
    union all
    select
        'trigger',
        'pg_trigger'::regclass,
        t.oid,
        r.nspname,
        c.relname,
        t.ctid::text
    from pg_trigger as t
    inner join pg_class as c on t.tgrelid = c.oid
    inner join room as r on c.relnamespace = r.oid
    where not t.tgisinternal and t.tgparentid = 0
    union all
    select
        'attached',
        a.class_id,
        a.oid,
        r.nspname,
        c.relname,
        a.version
    from attached as a
    inner join pg_class as c on a.table_id = c.oid
    inner join room as r on c.relnamespace = r.oid
    union all
    select
        'policy',
        'pg_policy'::regclass,
        p.oid,
        r.nspname,
        c.relname,
        p.ctid::text
    from pg_policy as p
    inner join pg_class as c on p.polrelid = c.oid
    inner join room as r on c.relnamespace = r.oid
    union all
    select
        'type',
        'pg_type'::regclass,
        t.oid,
        r.nspname,
        t.typname,
        t.ctid::text
    from pg_type as t
    inner join room as r on t.typnamespace = r.oid
    left join pg_class as c on t.typrelid = c.oid
    where t.typtype in ('d', 'e', 'r') or c.relkind = 'c'
    union all
    select
        'schema',
        'pg_namespace'::regclass,
        r.oid,
        r.nspname,
        r.nspname,
        null
    from room as r
)

select
    i.type || ' ' || i.identity as identity,
    o.kind,
    o.nspname as room,
    o.name,
    o.class_id::oid as class_id,
    o.oid,
    o.version,
    case i.type
        when 'default value'
            then
                format(
                    'alter table %I.%I alter column %I drop default',
                    o.nspname,
                    o.name,
                    (
                        select a.attname
                        from pg_attrdef as d
                        inner join pg_attribute as a
                            on d.adrelid = a.attrelid and d.adnum = a.attnum
                        where d.oid = o.oid
                    )
                )
        when 'table constraint'
            then
                format(
                    'alter table %I.%I drop constraint %I',
                    o.nspname,
                    o.name,
                    (select k.conname from pg_constraint as k where k.oid = o.oid)
                )
        else 'drop ' || i.type || ' ' || i.identity
    end as removal
from object as o
cross join lateral pg_identify_object(o.class_id, o.oid, 0) as i
where
    not exists (
        select from pg_depend as d
        where d.classid = o.class_id and d.objid = o.oid and d.deptype = 'e'
    )
order by 1
