-- The ten words of the product, each with a comment: a schema is a folder, a route, a heading.
select
    n.nspname as offender,
    case when d.description is null then 'has no comment' else 'is none of the ten rooms' end
        as finding
from pg_namespace as n
left join pg_description as d on n.oid = d.objoid and d.classoid = 'pg_namespace'::regclass
where
    n.nspowner = 'qb_owner'::regrole
    and (
        d.description is null
        or n.nspname not in (
            'company', 'fx', 'fund', 'ledger', 'deal', 'esg', 'workflow', 'security', 'ops', 'bi'
        )
    )
