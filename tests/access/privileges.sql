-- Every privilege on everything in our schemas: schema, object, kind, role, privileges. A row
-- without a role is an object that nobody but the owner may touch.
with object as (
    select
        n.nspname::text as room,
        n.nspname::text as name,
        'schema' as kind,
        0 as place,
        n.nspacl as acl,
        null::oid as relation_id,
        n.nspowner as owner
    from pg_namespace as n
    union all
    select
        n.nspname::text,
        c.relname::text,
        case c.relkind
            when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
            else 'table'
        end,
        array_position('{r,p,f,v,m,S}', c.relkind::text),
        c.relacl,
        c.oid,
        c.relowner
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and not c.relispartition
    union all
    select
        n.nspname::text,
        format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)),
        'function',
        9,
        -- Null stands for the default, which lets public execute.
        coalesce(p.proacl, acldefault('f', p.proowner)),
        null,
        p.proowner
    from pg_proc as p
    inner join pg_namespace as n on p.pronamespace = n.oid
),

privilege as (
    select
        o.room,
        o.name,
        o.kind,
        x.grantee,
        lower(x.privilege_type) as name_of_right,
        '' as columns
    from object as o
    cross join lateral aclexplode(o.acl) as x
    where x.grantee <> o.owner
    union all
    select
        o.room,
        o.name,
        o.kind,
        x.grantee,
        lower(x.privilege_type),
        format('(%s)', string_agg(a.attname, ' ' order by a.attnum))
    from object as o
    inner join pg_attribute as a on o.relation_id = a.attrelid
    cross join lateral aclexplode(a.attacl) as x
    where x.grantee <> o.owner
    group by 1, 2, 3, 4, 5
)

select
    o.room,
    o.name,
    o.kind,
    case when p.grantee = 0 then 'public' else p.grantee::regrole::text end as role_name,
    string_agg(
        p.name_of_right || p.columns,
        ' ' order by array_position('{usage,select,insert,update,delete}', p.name_of_right),
        p.name_of_right, p.columns
    ) as privileges
from object as o
inner join pg_namespace as n on o.room = n.nspname and n.nspowner = 'qb_owner'::regrole
left join privilege as p on o.room = p.room and o.name = p.name and o.kind = p.kind
group by o.room, o.name, o.kind, o.place, p.grantee
order by o.room, o.place, o.name collate "C", 4
