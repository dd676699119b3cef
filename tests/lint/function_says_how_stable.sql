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
)

select
    f.oid::regprocedure::text as offender,
    t.name as finding
from function as f
inner join thing as t on f.volatility < t.volatility
where
    f.name <> t.name
    and f.body ~ ('(^|[^.\w])' || replace(t.name, '.', '[.]') || '\M')
