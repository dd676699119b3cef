-- What the catalog says of every object in Quarterbase's schemas, as facts with names a person
-- reads in `drift`: what it is, owner, privileges, comments. Privileges nobody wrote down (a null
-- ACL) are the default ones: a grant that is taken back leaves nothing. Empty search_path.
with room as (
    select n.*
    from pg_namespace as n
    where n.nspowner = to_regrole('qb_owner')
),

relation as (
    select c.*
    from pg_class as c
    inner join room as r on c.relnamespace = r.oid
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
),

object as (
    select
        'pg_proc'::regclass as class_id,
        p.oid,
        p.proowner as owner,
        coalesce(p.proacl, acldefault('f', p.proowner)) as acl
    from pg_proc as p
    inner join room as r on p.pronamespace = r.oid
    union all
    select
        'pg_class'::regclass,
        c.oid,
        c.relowner,
        coalesce(
            c.relacl,
            case c.relkind
                when 'S' then acldefault('s', c.relowner) else acldefault('r', c.relowner)
            end
        )
    from relation as c
    union all
    select
        'pg_type'::regclass,
        t.oid,
        t.typowner,
        coalesce(t.typacl, acldefault('T', t.typowner))
    from pg_type as t
    inner join room as r on t.typnamespace = r.oid
    union all
    select
        'pg_namespace'::regclass,
        r.oid,
        r.nspowner,
        coalesce(r.nspacl, acldefault('n', r.nspowner))
    from room as r
    union all
    select
        'pg_trigger'::regclass,
        t.oid,
        null,
        null
    from pg_trigger as t
    inner join relation as c on t.tgrelid = c.oid
    union all
    select
        'pg_policy'::regclass,
        p.oid,
        null,
        null
    from pg_policy as p
    inner join relation as c on p.polrelid = c.oid
),

-- One branch a kind of fact; a null is no fact.
fact (class_id, oid, name, value) as (
    select
        o.class_id,
        o.oid,
        f.name,
        f.value
    from object as o
    cross join
        lateral (
            values
            ('owner', o.owner::regrole::text),
            ('comment', obj_description(o.oid, o.class_id::text::name))
        ) as f (name, value)
    union all
    select
        o.class_id,
        o.oid,
        format(
            'grant %s to %s',
            i.privilege_type,
            case when i.grantee = 0 then 'public' else i.grantee::regrole::text end
        ),
        case when bool_or(i.is_grantable) then 'with grant option' else 'plain' end
    from object as o
    cross join lateral aclexplode(o.acl) as i
    group by o.class_id, o.oid, i.privilege_type, i.grantee
    union all
    select
        'pg_trigger'::regclass,
        t.oid,
        f.name,
        f.value
    from pg_trigger as t
    inner join relation as c on t.tgrelid = c.oid
    cross join
        lateral (
            values
            ('definition', pg_get_triggerdef(t.oid)),
            (
                'fires',
                case t.tgenabled
                    when 'O' then 'always but on replicas' when 'D' then 'never'
                    when 'A' then 'always' else 'on replicas only'
                end
            )
        ) as f (name, value)
    union all
    select
        'pg_policy'::regclass,
        p.oid,
        f.name,
        f.value
    from pg_policy as p
    inner join relation as c on p.polrelid = c.oid
    cross join
        lateral (
            values
            ('command', p.polcmd::text),
            ('permissive', p.polpermissive::text),
            (
                'roles',
                (
                    select
                        string_agg(
                            case when i = 0 then 'public' else pg_get_userbyid(i) end,
                            ', ' order by pg_get_userbyid(i)
                        )
                    from unnest(p.polroles) as i
                )
            ),
            ('using', pg_get_expr(p.polqual, p.polrelid)),
            ('with check', pg_get_expr(p.polwithcheck, p.polrelid))
        ) as f (name, value)
)

select
    f.class_id::oid,
    f.oid,
    jsonb_object_agg(f.name, f.value) as facts
from fact as f
where f.value is not null
group by f.class_id, f.oid
