-- Finds a user by what people call one: a mail address or a database login. Active or not.
create or replace function security.find_user(
    p_name text
)
returns table (user_id uuid, role text, is_active boolean, database_login text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        r.user_id,
        r.role,
        r.active,
        r.database_login
    from security.user_record as r
    where
        lower(r.email) = lower(btrim(p_name))
        or exists (
            select
            from security.database_login as l
            where l.user_id = r.user_id and l.login = btrim(p_name)
        )
$$;

comment on function security.find_user(text) is
'User of an e-mail address or database login; no row when unknown. For owners.';
