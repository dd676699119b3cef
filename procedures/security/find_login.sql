-- What the login door needs to check a password: the hash, and how long the user has to wait after
-- too many wrong ones. The check itself runs in the API process: argon2id is not in PostgreSQL.
create or replace function security.find_login(
    p_email text
)
returns table (user_id uuid, password_hash text, retry_after_seconds integer)
language sql
stable
-- Definer: only this function may read a password hash.
security definer
set search_path = ''
as $$
    select
        u.user_id,
        c.password_hash,
        greatest(0, ceil(extract(epoch from c.locked_until - statement_timestamp())))::integer
    from security.person as p
    inner join security.app_user as u on p.user_id = u.user_id
    inner join security.credential as c on u.user_id = c.user_id
    where lower(p.email) = lower(btrim(p_email)) and u.is_active
$$;

comment on function security.find_login(text) is
'User, password hash and seconds to wait for an e-mail address; no row when unknown or inactive.';
grant execute on function security.find_login(text) to qb_api;
