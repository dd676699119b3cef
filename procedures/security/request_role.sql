-- The group role of an active user. Looked up for every request, so that a change of role or the
-- end of a user acts on the next one, whatever an old token says.
create or replace function security.request_role(
    p_user_id uuid
)
returns text
language sql
stable
-- Definer: the API's login has no rights on users.
security definer
set search_path = ''
as $$
    select u.group_role
    from security.app_user as u
    where u.user_id = p_user_id and u.is_active
$$;

comment on function security.request_role(uuid) is
'Group role of p_user_id; null when the user is unknown or inactive.';
grant execute on function security.request_role(uuid) to qb_api;
