-- A row of security.database_login is what lets a login in: without one its SQL would be nobody's,
-- and nobody's rows are not narrowed.
create or replace function security.follow_login_change()
returns trigger
language plpgsql
volatile
-- Definer: the owner alone may change database logins.
security definer
set search_path = ''
as $$
begin
    -- The user first, as everywhere: whoever changes the user waits for the login afterwards.
    if tg_op <> 'DELETE' then
        update security.app_user as u
        set row_version = u.row_version
        where u.user_id = new.user_id and u.created_at <> now();
    end if;
    if tg_op <> 'INSERT' then
        perform security.align_database_login(old.login);
    end if;
    if tg_op <> 'DELETE' then
        perform security.align_database_login(new.login);
    end if;
    return null;
end
$$;

comment on function security.follow_login_change() is
'Trigger _600_align on security.database_login: makes, lets in or ends the login.';
