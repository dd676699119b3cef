-- A policy is permissive, for named roles, and called <command>_<who>: one that is for everybody
-- would open the table to roles that come later.
select
    p.polrelid::regclass::text as offender,
    p.polname as finding
from pg_policy as p
inner join pg_class as c on p.polrelid = c.oid
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and (
        0 = any(p.polroles)
        or not p.polpermissive
        or p.polname !~ (
            case p.polcmd
                when 'r' then '^select'
                when 'a' then '^insert'
                when 'w' then '^update'
                when 'd' then '^delete'
                else '^all'
            end || '_[a-z][a-z_]*$'
        )
    )
