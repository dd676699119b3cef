-- The platform's roles and the database logins of its users have none of the attributes that step
-- around permissions. qb_owner alone may create roles: BI logins.
select
    r.rolname as offender,
    concat_ws(
        ', ',
        case when r.rolsuper then 'superuser' end,
        case when r.rolbypassrls then 'bypassrls' end,
        case when r.rolcreaterole then 'createrole' end,
        case when r.rolcreatedb then 'createdb' end,
        case when r.rolreplication then 'replication' end
    ) as finding
from pg_roles as r
where
    (
        r.rolname ~ '^qb_'
        or r.rolname in (select l.login from security.database_login as l)
    )
    and (
        r.rolsuper
        or r.rolbypassrls
        or r.rolcreatedb
        or r.rolreplication
        or (r.rolcreaterole and r.rolname <> 'qb_owner')
    )
