-- Ends every session of a user: access tokens already handed out still live until they expire.
create or replace function security.revoke_refresh_tokens(
    p_user_id uuid
)
returns integer
language plpgsql
volatile
-- Definer: nobody may read or write the table.
security definer
set search_path = ''
as $$
declare
    v_revoked integer;
begin
    update security.refresh_token as t
    set revoked_at = now()
    where
        t.user_id = p_user_id
        and t.revoked_at is null
        and t.used_at is null
        and t.expires_at > now();
    get diagnostics v_revoked = row_count;
    return v_revoked;
end
$$;

comment on function security.revoke_refresh_tokens(uuid) is
'Revokes the refresh tokens of a user that could still be used; returns how many.';
grant execute on function security.revoke_refresh_tokens(uuid) to qb_admin;
