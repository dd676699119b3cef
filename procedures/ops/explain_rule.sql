-- Words for a declared constraint that was violated: its catalog comment, "message Hint: hint", and
-- the last column it is about that somebody can send. A rule and its words stand together, in the
-- migration.
create or replace function ops.explain_rule(
    p_schema text,
    p_table text,
    p_constraint text
)
returns table (field text, message text, hint text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        (
            select a.attname::text
            from unnest(c.conkey) with ordinality as k (attnum, position)
            inner join pg_catalog.pg_attribute as a
                on c.conrelid = a.attrelid and k.attnum = a.attnum and a.attgenerated = ''
            order by k.position desc
            limit 1
        ),
        split_part(d.description, ' Hint: ', 1),
        nullif(split_part(d.description, ' Hint: ', 2), '')
    from pg_catalog.pg_constraint as c
    inner join pg_catalog.pg_class as r on c.conrelid = r.oid
    inner join pg_catalog.pg_namespace as n on r.relnamespace = n.oid
    left join pg_catalog.pg_description as d
        on c.oid = d.objoid and d.classoid = 'pg_catalog.pg_constraint'::regclass
    where n.nspname = p_schema and r.relname = p_table and c.conname = p_constraint
$$;

comment on function ops.explain_rule(text, text, text) is
'Field, message and hint of a declared constraint, from its catalog comment; no row when unknown.';
grant execute on function ops.explain_rule(text, text, text) to
qb_api, qb_admin, qb_editor, qb_editor_scoped;
