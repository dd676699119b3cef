-- A function that qb_owner makes is executable by nobody until it is granted: bootstrap revokes the
-- default from public. (The same with `in schema` would do nothing.)
select 'default privileges of qb_owner' as offender
where
    not exists (
        select
        from pg_default_acl as d
        where
            d.defaclrole = 'qb_owner'::regrole
            and d.defaclobjtype = 'f'
            and d.defaclnamespace = 0
            and not exists (select from aclexplode(d.defaclacl) as x where x.grantee = 0)
    )
union all
select format('default privileges of %s in %s', d.defaclrole::regrole, n.nspname)
from pg_default_acl as d
inner join pg_namespace as n on d.defaclnamespace = n.oid
where n.nspowner = 'qb_owner'::regrole
