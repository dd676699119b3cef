-- Gives a user a password. Whoever had logged in with the old one logs in again: a password is
-- reset because somebody else may know it.
create or replace function security.set_password_hash(
    p_user_id uuid,
    p_password_hash text
)
returns void
language plpgsql
volatile
-- Definer: nobody may read or write password hashes.
security definer
set search_path = ''
as $$
begin
    insert into security.credential as c (user_id, password_hash)
    values (p_user_id, p_password_hash)
    on conflict (user_id) do update
    set password_hash = excluded.password_hash, changed_at = now();
    perform security.revoke_refresh_tokens(p_user_id);
end
$$;

comment on function security.set_password_hash(uuid, text) is
'Sets the password of a user by its argon2id hash and ends the user''s refresh tokens.';
grant execute on function security.set_password_hash(uuid, text) to qb_admin;
