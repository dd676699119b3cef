-- A materialized view cannot have row security: it is named <view>_mv, granted to nobody, and its
-- facade view filters. (A grant would also open its statistics.) So is a table <view>_total.
select
    c.oid::regclass::text as offender,
    case
        when c.relkind = 'm' and c.relname !~ '_mv$' then 'is not named <view>_mv'
        else 'is granted to ' || coalesce(r.rolname, 'public')
    end as finding
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
left join pg_attribute as a on c.oid = a.attrelid and a.attacl is not null
left join lateral aclexplode(a.attacl || c.relacl) as x
    on c.relowner <> x.grantee
left join pg_roles as r on x.grantee = r.oid
where
    n.nspowner = 'qb_owner'::regrole
    and (c.relkind = 'm' or (c.relkind = 'r' and c.relname ~ '_total$'))
    and (x.grantee is not null or (c.relkind = 'm' and c.relname !~ '_mv$'))
