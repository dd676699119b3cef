-- What Quarterbase needs of a cluster and of its database, before the first migration. Idempotent.
-- Run by a superuser, or by a managed service's admin (CREATEROLE and owner of the database),
-- connected to the database that will hold the platform. Nothing after it needs more than qb_owner.

-- 1. Roles. Group roles carry permissions and cannot log in; the three logins belong to the
-- platform's own processes. qb_owner owns every object and cannot log in either: row-level
-- security is enabled, not forced, so whoever logs in must never be the owner.
do $$
declare
    v_role text;
begin
    foreach v_role in array array[
        'qb_owner',
        'qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor', 'qb_submitter', 'qb_investor',
        'qb_editor_scoped', 'qb_viewer_scoped'
    ] loop
        if not exists (select from pg_catalog.pg_roles as r where r.rolname = v_role) then
            execute format('create role %I nologin', v_role);
        end if;
    end loop;

    foreach v_role in array array['qb_deploy', 'qb_api', 'qb_jobs'] loop
        if not exists (select from pg_catalog.pg_roles as r where r.rolname = v_role) then
            execute format('create role %I login noinherit', v_role);
        end if;
    end loop;

    -- An admin who is not a superuser must be able to act as the owner to set default privileges.
    -- (Having made it gives the right to hand it out, and neither of these.)
    if
        not pg_catalog.pg_has_role(current_user, 'qb_owner', 'usage')
        or not pg_catalog.pg_has_role(current_user, 'qb_owner', 'set')
    then
        execute format('grant qb_owner to %I with inherit true, set true', current_user);
    end if;
end
$$;

-- qb_deploy works as the owner by name (set role), never by inheritance; qb_api may become any
-- group role for one transaction, and has none of their rights by itself.
grant qb_owner to qb_deploy with inherit false, set true;
grant qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped to qb_api with inherit false, set true;

-- The owner may make reading logins for BI people and hand them these roles, and no others.
alter role qb_owner createrole;
grant qb_viewer, qb_viewer_scoped, qb_auditor to qb_owner with admin true, inherit false, set false;

-- A runaway request ends by itself; the door answers 504.
alter role qb_api set statement_timeout = '30s';
-- Whoever waits for a lock that long is told to try again, while others are still served.
alter role qb_api set lock_timeout = '10s';
alter role qb_api set idle_in_transaction_session_timeout = '15s';
alter role qb_jobs set idle_in_transaction_session_timeout = '60s';

-- 2. The database. Public may do nothing here: no temporary objects that could shadow ours, and no
-- connection except for the logins above and the BI logins that stand in security.database_login.
do $$
declare
    v_database text := current_database();
    v_role text := current_setting('role');
    v_login text;
begin
    execute format('revoke all on database %I from public', v_database);
    execute format('grant create, temporary on database %I to qb_owner', v_database);
    -- BI logins are let in one by one by the owner: their roles are those of the whole server, and
    -- another database of it must not be theirs to read.
    execute format('grant connect on database %I to qb_owner with grant option', v_database);
    execute format('grant connect on database %I to qb_deploy, qb_api, qb_jobs', v_database);
    -- An older version let them in by their roles: until the deployment that follows has looked at
    -- each, those who were let in stay so. The owner gives, who then can take.
    if to_regclass('security.database_login') is not null then
        perform set_config('role', 'qb_owner', true);
        for v_login in
            select l.login
            from security.database_login as l
            inner join security.app_user as u on l.user_id = u.user_id
            where
                u.is_active
                and u.group_role in ('qb_viewer', 'qb_viewer_scoped', 'qb_auditor')
                and to_regrole(format('%I', l.login)) is not null
                and pg_catalog.has_database_privilege(l.login, v_database, 'connect')
        loop
            execute format('grant connect on database %I to %I', v_database, v_login);
        end loop;
        perform set_config('role', v_role, true);
    end if;
    execute format(
        'revoke connect on database %I from qb_viewer, qb_viewer_scoped, qb_auditor', v_database
    );
    execute format('alter database %I set timezone = ''UTC''', v_database);
    -- Compiling costs more than it saves on statements that touch a handful of quarters.
    execute format('alter database %I set jit = off', v_database);
end
$$;

revoke create on schema public from public;

-- Large objects belong to no table and no policy: nobody may fill the disk with them. (Only a
-- superuser can take that back; a managed service's admin keeps what the service decided.)
do $$
declare
    v_function regprocedure;
begin
    if (select r.rolsuper from pg_catalog.pg_roles as r where r.rolname = current_user) then
        foreach v_function in array array[
            'lo_create(oid)', 'lo_creat(integer)', 'lo_from_bytea(oid, bytea)',
            'lo_put(oid, bigint, bytea)', 'lowrite(integer, bytea)'
        ]::regprocedure[] loop
            execute format('revoke execute on function %s from public', v_function);
        end loop;

        -- A whole database as one XML document is built in the server's memory, which has no limit.
        for v_function in
            select p.oid
            from pg_catalog.pg_proc as p
            where
                p.pronamespace = 'pg_catalog'::regnamespace
                and p.proname ~ '^(database|schema|query|table|cursor)_to_xml'
        loop
            execute format('revoke execute on function %s from public', v_function);
        end loop;

        -- Who leads the clock, and who deploys, is decided by advisory locks: a reader who could
        -- take one would stop both.
        for v_function in
            select p.oid
            from pg_catalog.pg_proc as p
            where
                p.pronamespace = 'pg_catalog'::regnamespace
                and p.proname ~ '^pg_(try_)?advisory_'
        loop
            execute format('revoke execute on function %s from public', v_function);
            execute format(
                'grant execute on function %s to qb_owner, qb_deploy, qb_jobs', v_function
            );
        end loop;
    end if;
end
$$;

-- 3. New functions belong to nobody until they are granted. (The form with `in schema` does
-- nothing.)
alter default privileges for role qb_owner revoke execute on functions from public;
