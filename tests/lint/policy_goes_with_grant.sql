-- A right on a table and a policy for the same command and role come together: a right alone shows
-- an empty table without a word, a policy alone is a right somebody will add later unseen.
with granted as (
    select
        c.oid,
        x.grantee,
        x.privilege_type as command
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    inner join pg_attribute as a on c.oid = a.attrelid
    cross join lateral aclexplode(a.attacl || c.relacl) as x
    where
        n.nspowner = 'qb_owner'::regrole
        and c.relkind in ('r', 'p')
        and x.grantee <> c.relowner
        and x.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    group by 1, 2, 3
),

allowed as (
    select
        c.oid,
        r.grantee,
        k.command
    from pg_policy as p
    inner join pg_class as c on p.polrelid = c.oid
    inner join pg_namespace as n on c.relnamespace = n.oid
    cross join lateral unnest(p.polroles) as r (grantee)
    inner join (
        values ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')
    ) as k (code, command) on p.polcmd::text in (k.code, '*')
    where n.nspowner = 'qb_owner'::regrole
    group by 1, 2, 3
)

select
    coalesce(g.oid, a.oid)::regclass::text as offender,
    format(
        '%s: %s without %s',
        coalesce(g.grantee, a.grantee)::regrole,
        lower(coalesce(g.command, a.command)),
        case when a.oid is null then 'a policy' else 'a grant' end
    ) as finding
from granted as g
full join allowed as a on g.oid = a.oid and g.grantee = a.grantee and g.command = a.command
where g.oid is null or a.oid is null
