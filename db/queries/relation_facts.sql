-- What facts.sql says, of what tables, views and sequences are made of: columns, constraints,
-- indexes, rules, options. Read with an empty search_path.
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

-- One branch a kind of fact; a null is no fact.
fact (class_id, oid, name, value) as (
    select
        'pg_class'::regclass,
        c.oid,
        f.name,
        f.value
    from relation as c
    cross join
        lateral (
            values
            ('kind', c.relkind::text),
            ('persistence', c.relpersistence::text),
            ('row security', case when c.relrowsecurity then 'on' else 'off' end),
            ('row security of the owner', case when c.relforcerowsecurity then 'on' else 'off' end),
            ('definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end),
            ('partition key', pg_get_partkeydef(c.oid)),
            ('partition bound', pg_get_expr(c.relpartbound, c.oid))
        ) as f (name, value)
    union all
    select
        'pg_class'::regclass,
        c.oid,
        'option ' || split_part(s, '=', 1),
        substr(s, strpos(s, '=') + 1)
    from relation as c
    cross join unnest(c.reloptions) as s
    union all
    select
        'pg_class'::regclass,
        c.oid,
        'column ' || a.attname || f.name,
        f.value
    from relation as c
    inner join pg_attribute as a on c.oid = a.attrelid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef as d on a.attrelid = d.adrelid and a.attnum = d.adnum
    cross join
        lateral (
            values
            ('', format_type(a.atttypid, a.atttypmod)),
            (' not null', a.attnotnull::text),
            (' identity', nullif(a.attidentity::text, '')),
            (' generated', nullif(a.attgenerated::text, '')),
            (' collation', nullif(a.attcollation::regcollation::text, '-')),
            (' default', pg_get_expr(d.adbin, d.adrelid)),
            (' comment', col_description(a.attrelid, a.attnum))
        ) as f (name, value)
    union all
    select
        'pg_class'::regclass,
        c.oid,
        format(
            'column %s grant %s to %s',
            a.attname,
            i.privilege_type,
            case when i.grantee = 0 then 'public' else i.grantee::regrole::text end
        ),
        case when bool_or(i.is_grantable) then 'with grant option' else 'plain' end
    from relation as c
    inner join pg_attribute as a on c.oid = a.attrelid and not a.attisdropped
    cross join lateral aclexplode(a.attacl) as i
    group by c.oid, a.attname, i.privilege_type, i.grantee
    union all
    select
        'pg_class'::regclass,
        c.oid,
        'constraint ' || k.conname || f.name,
        f.value
    from relation as c
    inner join pg_constraint as k on c.oid = k.conrelid and k.contype not in ('t', 'n')
    cross join
        lateral (
            values
            ('', pg_get_constraintdef(k.oid)),
            (' comment', obj_description(k.oid, 'pg_constraint'))
        ) as f (name, value)
    union all
    select
        'pg_class'::regclass,
        c.oid,
        'index ' || x.indexrelid::regclass::text,
        pg_get_indexdef(x.indexrelid) || case when x.indisvalid then '' else ' (invalid)' end
    from relation as c
    inner join pg_index as x on c.oid = x.indrelid
    where
        not exists (
            select from pg_constraint as k
            where x.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
        )
    union all
    select
        'pg_class'::regclass,
        c.oid,
        'rule ' || w.rulename,
        pg_get_ruledef(w.oid)
    from relation as c
    inner join pg_rewrite as w on c.oid = w.ev_class and w.rulename <> '_RETURN'
)

select
    f.class_id::oid,
    f.oid,
    jsonb_object_agg(f.name, f.value) as facts
from fact as f
where f.value is not null
group by f.class_id, f.oid
