-- The hashes that deployments recorded before they recorded facts (facts.sql). Read while a
-- database has rows of those days, to tell what is as it was: never change it. Empty search_path.
with room as (
    select
        n.oid,
        n.nspname,
        n.nspowner,
        n.nspacl
    from pg_namespace as n
    where n.nspowner = to_regrole('qb_owner')
),

definition as (
    select
        'pg_proc'::regclass as class_id,
        p.oid,
        p.proowner as owner,
        p.proacl as acl,
        case when p.prokind <> 'a' then pg_get_functiondef(p.oid) end as body
    from pg_proc as p
    inner join room as r on p.pronamespace = r.oid
    union all
    select
        'pg_class'::regclass,
        c.oid,
        c.relowner,
        c.relacl,
        concat_ws(
            e'\n', c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
            c.reloptions,
            case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
            pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
            (
                select
                    string_agg(
                        concat_ws(
                            ' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                            a.attidentity, a.attgenerated, a.attcollation::regcollation,
                            pg_get_expr(d.adbin, d.adrelid), sorted.acl,
                            col_description(a.attrelid, a.attnum)
                        ), e'\n' order by a.attnum
                    )
                from pg_attribute as a
                left join pg_attrdef as d on a.attrelid = d.adrelid and a.attnum = d.adnum
                cross join
                    lateral (
                        select string_agg(i::text, ',' order by i::text collate "C") as acl
                        from unnest(a.attacl) as i
                    ) as sorted
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            ),
            (
                select
                    string_agg(
                        concat_ws(
                            ' ', k.conname, pg_get_constraintdef(k.oid), k.convalidated,
                            obj_description(k.oid, 'pg_constraint')
                        ), e'\n' order by k.conname
                    )
                from pg_constraint as k
                where k.conrelid = c.oid and k.contype <> 't'
            ),
            (
                select
                    string_agg(
                        concat_ws(' ', pg_get_indexdef(x.indexrelid), x.indisvalid),
                        e'\n' order by x.indexrelid::regclass::text
                    )
                from pg_index as x
                where x.indrelid = c.oid
            )
        )
    from pg_class as c
    inner join room as r on c.relnamespace = r.oid
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
    union all
    select
        'pg_trigger'::regclass,
        t.oid,
        null,
        null,
        concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
    from pg_trigger as t
    inner join pg_class as c on t.tgrelid = c.oid
    inner join room as r on c.relnamespace = r.oid
    union all
    select
        'pg_policy'::regclass,
        p.oid,
        null,
        null,
        concat_ws(
            ' ', p.polname, p.polcmd, p.polpermissive,
            (
                select string_agg(pg_get_userbyid(i), ',' order by pg_get_userbyid(i))
                from unnest(p.polroles) as i
            ),
            pg_get_expr(p.polqual, p.polrelid), '/', pg_get_expr(p.polwithcheck, p.polrelid)
        )
    from pg_policy as p
    inner join pg_class as c on p.polrelid = c.oid
    inner join room as r on c.relnamespace = r.oid
    union all
    select
        'pg_type'::regclass,
        t.oid,
        t.typowner,
        t.typacl,
        concat_ws(
            ' ', t.typtype, format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
            (
                select string_agg(e.enumlabel, ',' order by e.enumsortorder)
                from pg_enum as e
                where e.enumtypid = t.oid
            ),
            (
                select
                    string_agg(
                        concat_ws(' ', k.conname, pg_get_constraintdef(k.oid)),
                        ',' order by k.conname
                    )
                from pg_constraint as k
                where k.contypid = t.oid
            ),
            (
                select
                    string_agg(
                        concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod)),
                        ',' order by a.attnum
                    )
                from pg_attribute as a
                where a.attrelid = t.typrelid and not a.attisdropped
            )
        )
    from pg_type as t
    inner join room as r on t.typnamespace = r.oid
    union all
    select
        'pg_namespace'::regclass,
        r.oid,
        r.nspowner,
        r.nspacl,
        ''
    from room as r
)

select
    d.class_id::oid,
    d.oid,
    encode(
        sha256(
            convert_to(
                concat_ws(
                    e'\n', d.body, d.owner::regrole, sorted.acl,
                    obj_description(d.oid, d.class_id::text::name)
                ),
                'UTF8'
            )
        ),
        'hex'
    ) as fingerprint
from definition as d
cross join lateral (
    select string_agg(i::text, ',' order by i::text collate "C") as acl
    from unnest(d.acl) as i
) as sorted
