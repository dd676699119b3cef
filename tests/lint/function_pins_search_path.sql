-- Every function pins search_path to nothing, so that each name in it says its schema. Pinning
-- stops inlining: what is called for every row may leave it out and stands below with the reason.
-- So may what an aggregate runs for every row, which is not inlined, but pays for the pinning.
-- Their bodies are checked like all others, with an empty search_path.
with unpinned (name, reason) as (
    values
    ('company.derive_financials', 'inlined like a view, so that a company is found by its key'),
    ('company.derive_metrics', 'inlined like a view, so that the range of quarters reaches below'),
    ('company.fiscal_quarter', 'called for every submitted row'),
    ('company.nearest_reporting_ordinal', 'called for every submitted row'),
    ('company.reporting_ordinal', 'called for every submitted row'),
    ('fund._xirr_add', 'run for every flow of an aggregate'),
    ('fx._jump', 'called for every received fixing of a history'),
    ('fx._parse_date', 'called for every received fixing, 221,702 in the history'),
    ('fx._parse_rate', 'called for every received fixing, 221,702 in the history'),
    ('fx.quarter_start', 'called for every quarter whose rates are derived'),
    ('security.author_id', 'called for every row that a COPY brings')
),

function as (
    select
        p.oid::regprocedure::text as signature,
        n.nspname || '.' || p.proname as name,
        coalesce(p.proconfig, '{}') @> '{"search_path=\"\""}' as is_pinned,
        (l.lanname <> 'sql' or p.prosecdef or p.provolatile = 'v')
        and not exists (select from pg_aggregate as a where p.oid = a.aggtransfn)
            as is_never_inlined
    from pg_proc as p
    inner join pg_namespace as n on p.pronamespace = n.oid
    inner join pg_language as l on p.prolang = l.oid
    -- An aggregate runs its functions, which have their own.
    where n.nspowner = 'qb_owner'::regrole and p.prokind <> 'a'
)

select
    coalesce(f.signature, u.name) as offender,
    case
        when f.name is null then 'is listed as an exception and does not exist'
        when f.is_pinned then 'is listed as an exception and is pinned'
        when u.name is null then 'does not pin search_path'
        else 'is listed as an exception and could not be inlined anyway'
    end as finding
from function as f
full join unpinned as u on f.name = u.name
where
    f.name is null
    or f.is_pinned = (u.name is not null)
    or (u.name is not null and f.is_never_inlined)
