-- What facts.sql says, of what functions, procedures and aggregates are made of. Read with an empty
-- search_path.
with room as (
    select n.*
    from pg_namespace as n
    where n.nspowner = to_regrole('qb_owner')
),

fact (class_id, oid, name, value) as (
    select
        'pg_proc'::regclass,
        p.oid,
        f.name,
        f.value
    from pg_proc as p
    inner join room as r on p.pronamespace = r.oid
    inner join pg_language as l on p.prolang = l.oid
    cross join
        lateral (
            values
            ('kind', p.prokind::text),
            ('arguments', pg_get_function_arguments(p.oid)),
            ('returns', pg_get_function_result(p.oid)),
            ('language', l.lanname::text),
            ('body', coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)),
            ('volatility', p.provolatile::text),
            ('parallel', p.proparallel::text),
            ('security definer', p.prosecdef::text),
            ('strict', p.proisstrict::text),
            ('leakproof', p.proleakproof::text),
            ('cost', p.procost::text),
            ('rows', p.prorows::text),
            ('support', nullif(p.prosupport::text, '-'))
        ) as f (name, value)
    union all
    select
        'pg_proc'::regclass,
        p.oid,
        'setting ' || split_part(s, '=', 1),
        substr(s, strpos(s, '=') + 1)
    from pg_proc as p
    inner join room as r on p.pronamespace = r.oid
    cross join unnest(p.proconfig) as s
    union all
    select
        'pg_proc'::regclass,
        p.oid,
        f.name,
        f.value
    from pg_aggregate as a
    inner join pg_proc as p on a.aggfnoid = p.oid
    inner join room as r on p.pronamespace = r.oid
    cross join
        lateral (
            values
            ('direct arguments', nullif(concat(a.aggkind, a.aggnumdirectargs), 'n0')),
            ('state', format_type(a.aggtranstype, null)),
            ('state at first', a.agginitval),
            ('state size', nullif(a.aggtransspace, 0)::text),
            ('added by', nullif(a.aggtransfn::text, '-')),
            ('combined by', nullif(a.aggcombinefn::text, '-')),
            ('sent by', nullif(a.aggserialfn::text, '-')),
            ('received by', nullif(a.aggdeserialfn::text, '-')),
            ('ended by', nullif(a.aggfinalfn::text, '-')),
            ('end takes all arguments', nullif(a.aggfinalextra::text, 'false')),
            ('end changes the state', nullif(a.aggfinalmodify::text, 'r')),
            ('moving state', format_type(nullif(a.aggmtranstype, 0), null)),
            ('moving state at first', a.aggminitval),
            ('moving state size', nullif(a.aggmtransspace, 0)::text),
            ('moving state added by', nullif(a.aggmtransfn::text, '-')),
            ('moving state removed by', nullif(a.aggminvtransfn::text, '-')),
            ('moving state ended by', nullif(a.aggmfinalfn::text, '-')),
            ('moving end takes all arguments', nullif(a.aggmfinalextra::text, 'false')),
            ('moving end changes the state', nullif(a.aggmfinalmodify::text, 'r')),
            ('first by operator', nullif(a.aggsortop::regoperator::text, '0'))
        ) as f (name, value)
)

select
    f.class_id::oid,
    f.oid,
    jsonb_object_agg(f.name, f.value) as facts
from fact as f
where f.value is not null
group by f.class_id, f.oid
