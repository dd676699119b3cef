-- Whether another database of this server lets a login in. Roles and their memberships belong to
-- the server; only the right to connect says for which databases a login was made. An older
-- platform gave that right to its reading roles.
create or replace function security.is_admitted_elsewhere(
    p_login text
)
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
    select
        exists (
            select
            from pg_catalog.pg_database as d
            cross join lateral pg_catalog.aclexplode(d.datacl) as x
            inner join pg_catalog.pg_roles as r on x.grantee = r.oid
            where
                (
                    r.rolname = p_login
                    or (
                        r.rolname = any(security.reading_roles())
                        and exists (
                            select
                            from pg_catalog.pg_auth_members as m
                            inner join pg_catalog.pg_roles as l on m.member = l.oid
                            where m.roleid = r.oid and l.rolname = p_login
                        )
                    )
                )
                and x.privilege_type = 'CONNECT'
                and d.datname <> current_database()
        )
$$;

comment on function security.is_admitted_elsewhere(text) is
'True when a login, or a reading role that it has, was given the right to connect to another '
'database of this server. For owners.';
