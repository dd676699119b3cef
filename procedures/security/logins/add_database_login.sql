-- Makes a database login for a person or BI service that reads the published views. Its rights are
-- those of one reading group role, whose rules hold against any SQL that is typed.
create or replace function security.add_database_login(
    p_login text,
    p_group_role text,
    p_display_name text default null,
    p_funds text[] default null,
    p_companies text[] default null
)
returns uuid
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_user_id uuid;
    v_role text := 'qb_' || p_group_role;
begin
    if v_role is null or v_role <> all(security.reading_roles()) then
        raise exception using
            errcode = 'QB400',
            constraint = 'database_login_reads_only',
            column = 'group_role',
            message = 'A database login can be given a reading role only.',
            hint = 'Use viewer, viewer_scoped or auditor.';
    end if;
    if p_login is null or p_login !~ '^[a-z][a-z0-9_]{0,62}$' or p_login ~ '^(qb|pg)_' then
        raise exception using
            errcode = 'QB400',
            constraint = 'database_login_name',
            column = 'login',
            message = 'The login''s name is not usable.',
            hint = 'Use lower-case letters, digits and _, and not the prefix qb_ or pg_.';
    end if;
    -- Roles belong to the cluster: another database of it may have made this login. A role that can
    -- do more than log in, or that the owner may not change, is somebody else's.
    if exists (
        select
        from pg_catalog.pg_roles as r
        where
            r.rolname = p_login
            and (
                r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication
                or r.rolbypassrls
                or not pg_catalog.pg_has_role('qb_owner', r.oid, 'member with admin option')
            )
    ) then
        raise exception using
            errcode = 'QB409',
            constraint = 'database_login_is_taken',
            column = 'login',
            message = 'The name belongs to a role with other rights.',
            hint = 'Choose another name.';
    end if;

    select l.user_id into v_user_id from security.database_login as l where l.login = p_login;
    if v_user_id is null then
        v_user_id := security.add_user(
            p_login || '@login.invalid', p_group_role, coalesce(p_display_name, p_login)
        );
        insert into security.database_login (login, user_id) values (p_login, v_user_id);
    else
        update security.app_user as u set group_role = v_role where u.user_id = v_user_id;
        perform security.align_database_login(p_login);
    end if;
    if p_funds is not null or p_companies is not null then
        perform security.replace_user_scope(v_user_id, p_funds, p_companies);
    end if;
    return v_user_id;
end
$$;

comment on function security.add_database_login(text, text, text, text[], text[]) is
'Makes database login p_login, read-only and with time-outs, for a new reading user, or gives an '
'existing one another reading role; narrows it when p_funds (names or ids) or p_companies are '
'given; returns the user''s id. The login has no password yet. Raises QB400 '
'database_login_reads_only, database_login_name, those of replace_user_scope; QB409 '
'database_login_is_taken. For owners.';
