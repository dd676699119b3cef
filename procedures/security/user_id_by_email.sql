-- Finds an active user by mail address, for the command line.
create or replace function security.user_id_by_email(
    p_email text
)
returns uuid
language sql
stable
security invoker
set search_path = ''
as $$
    select u.user_id
    from security.person as p
    inner join security.app_user as u on p.user_id = u.user_id
    where lower(p.email) = lower(btrim(p_email)) and u.is_active
$$;

comment on function security.user_id_by_email(text) is
'User id of an active user; null when unknown or inactive. For owners.';
