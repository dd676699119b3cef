-- Makes a database login what its user is: of an active, reading user it logs in here with exactly
-- that group role; of anybody else, and of a user who stands in security.database_login no more, it
-- is ended with its open connections. Repeating it changes nothing.
create or replace function security.align_database_login(
    p_login text
)
returns void
language plpgsql
volatile
-- Invoker: called by the owner and by the owner's definer triggers only.
security invoker
set search_path = ''
as $$
declare
    v_role text;
    v_is_known boolean;
begin
    -- Who may connect is one row of the database's catalog, which two cannot change at once: they
    -- wait for each other here, and the second sees what the first has committed.
    perform from security.app_user as u
    where u.user_id = '00000000-0000-0000-0000-000000000000'
    for no key update;
    select u.group_role into v_role
    from security.database_login as l
    inner join security.app_user as u on l.user_id = u.user_id
    where
        l.login = p_login
        and u.is_active
        and u.group_role = any(security.reading_roles());
    v_is_known := exists (select from pg_catalog.pg_roles as r where r.rolname = p_login);
    if not v_is_known and v_role is null then
        return;
    elsif not v_is_known then
        execute format('create role %I login', p_login);
    elsif not pg_catalog.pg_has_role(p_login, 'member with admin option') then
        raise exception using
            errcode = 'QB409',
            constraint = 'database_login_is_not_ours',
            column = 'login',
            message = 'The database login was made by somebody else, who alone may change it.',
            detail = p_login,
            hint = 'As a superuser: grant the role to qb_owner with admin option, then try again.';
    end if;
    if v_role is null then
        perform security.end_database_login(p_login);
    else
        perform security.admit_database_login(p_login, v_role);
    end if;
end
$$;

comment on function security.align_database_login(text) is
'Lets a login of an active, reading user in, with that role, and ends any other. Raises QB409 '
'database_login_is_not_ours, database_login_is_taken, database_login_still_has_rights. For owners.';
