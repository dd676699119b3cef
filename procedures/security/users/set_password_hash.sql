-- Gives a user a password. Whoever had logged in with the old one logs in again: a password is
-- reset because somebody else may know it. Whom an identity provider vouches for gets none: it
-- would outlive what the provider says.
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
    -- Whoever logs in at this moment waits, or is waited for (security.issue_refresh_token).
    perform from security.app_user as u where u.user_id = p_user_id for update;
    if exists (
        select
        from security.external_identity as i
        where i.user_id = p_user_id and i.is_claim_managed
    ) then
        raise exception using
            errcode = 'QB409',
            constraint = 'login_is_claim_managed',
            column = 'password',
            message = 'This user logs in at the identity provider, and has no password here.',
            hint = 'Change the password there, or make the identity one that is not claim-managed.';
    end if;
    insert into security.credential as c (user_id, password_hash)
    values (p_user_id, p_password_hash)
    on conflict (user_id) do update
    set password_hash = excluded.password_hash, changed_at = now();
    perform security.revoke_refresh_tokens(p_user_id);
end
$$;

comment on function security.set_password_hash(uuid, text) is
'Sets the password of a user by its argon2id hash and ends the user''s refresh tokens. Raises '
'QB409 login_is_claim_managed.';
grant execute on function security.set_password_hash(uuid, text) to qb_admin;
