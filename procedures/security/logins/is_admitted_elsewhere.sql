-- Whether another database of this server lets a login in. Roles and their memberships belong to
-- the server; only the right to connect says for which databases a login was made.
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
                r.rolname = p_login
                and x.privilege_type = 'CONNECT'
                and d.datname <> current_database()
        )
$$;

comment on function security.is_admitted_elsewhere(text) is
'True when a login was given the right to connect to another database of this server. For owners.';
