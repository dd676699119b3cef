-- What the login door needs to check a password: the hash, and how long this address has to wait
-- after too many wrong ones. The check itself runs in the API process: argon2id is not in
-- PostgreSQL. Always one row, so that an unknown address looks like a known one until the end.
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
        k.user_id,
        k.password_hash,
        coalesce((
            select
                greatest(0, ceil(extract(epoch from a.locked_until - statement_timestamp())))
            from security.login_attempt as a
            where a.email_hash = security._email_hash(p_email)
        ), 0)::integer
    from (values (true)) as one_row (is_there)
    left join (
        select
            u.user_id,
            c.password_hash
        from security.person as p
        inner join security.app_user as u on p.user_id = u.user_id
        inner join security.credential as c on u.user_id = c.user_id
        where lower(p.email) = lower(btrim(p_email)) and u.is_active
    ) as k on one_row.is_there
$$;

comment on function security.find_login(text) is
'Always one row: user and password hash (null when unknown or inactive) and the seconds this '
'address has to wait, which do not depend on whether it is known.';
grant execute on function security.find_login(text) to qb_api;
