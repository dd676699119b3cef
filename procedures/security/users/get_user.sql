-- GET /v1/users/{user_id}: one user.
create or replace function security.get_user(
    p_user_id uuid
)
returns table (status integer, etag text, body text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        a.status,
        a.etag,
        a.body
    from security.user_answer(p_user_id, 200, 'User.') as a
$$;

comment on function security.get_user(uuid) is
'One user with role, funds, companies, investors, database login and ETag. Raises QB404 '
'user_not_found.';
grant execute on function security.get_user(uuid) to qb_admin, qb_auditor;
