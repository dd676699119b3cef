-- A function is no more stable than what it reads: an immutable one that reads a table, or calls a
-- stable function, is folded into plans and indexes and answers with old rows.
with function as (
    select
        p.oid,
        n.nspname || '.' || p.proname as name,
        array_position('{i,s,v}', p.provolatile::text) as volatility,
        -- The body without comments and strings.
        regexp_replace(p.prosrc, '--[^\n]*|''[^'']*''', '', 'g') as body
    from pg_proc as p
    inner join pg_namespace as n on p.pronamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole
),

thing as (
    select
        f.name,
        f.volatility
    from function as f
    union all
    select
        n.nspname || '.' || c.relname,
        2
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    where n.nspowner = 'qb_owner'::regrole and c.relkind in ('r', 'p', 'f', 'v', 'm')
    union all
    select
        t.name,
        t.volatility
    from (
        values
        ('now', 2), ('current_setting', 2), ('current_date', 2), ('current_timestamp', 2),
        ('transaction_timestamp', 2), ('statement_timestamp', 2), ('clock_timestamp', 3),
        ('random', 3), ('gen_random_uuid', 3), ('set_config', 3), ('nextval', 3)
    ) as t (name, volatility)
),

-- Names in a body, looked up below: to seek each thing in each body takes seconds.
mention as materialized (
    select distinct
        f.oid,
        f.name as function_name,
        f.volatility,
        m.match[1] as name
    from function as f
    cross join
        lateral regexp_matches(
            f.body, '(?<![.\w])((?:[a-z_]\w*[.])?[a-z_]\w*)', 'g'
        ) as m (match)
    where f.volatility < 3
)

select
    m.oid::regprocedure::text as offender,
    t.name as finding
from mention as m
inner join thing as t on m.name = t.name and m.volatility < t.volatility
where m.function_name <> t.name
