-- Exchanges a refresh token for the next one of its family. A token that was used before is in two
-- hands, and nobody can tell whose is the right one: the whole family ends (RFC 9700, 4.14.2).
-- Refusals are an answer, not an exception, because an exception would undo the end of the family.
create or replace function security.use_refresh_token(
    p_token_hash bytea,
    p_next_token_hash bytea
)
returns uuid
language plpgsql
volatile
-- Definer: nobody may read or write the table.
security definer
set search_path = ''
as $$
declare
    v_token security.refresh_token;
begin
    -- The user before the token, as whoever resets a password does: a reset in flight is waited
    -- for, and a later one ends the token that is made here.
    perform
    from security.app_user as u
    inner join security.refresh_token as t on u.user_id = t.user_id
    where t.token_hash = p_token_hash
    for share of u;
    -- One of two that come at the same time waits here, and then finds the token used.
    select t.*
    into v_token
    from security.refresh_token as t
    where t.token_hash = p_token_hash
    for update;

    if not found or v_token.revoked_at is not null or v_token.expires_at <= now() then
        return null;
    end if;
    if v_token.used_at is not null then
        update security.refresh_token as t
        set revoked_at = now()
        where t.family_id = v_token.family_id and t.revoked_at is null;
        return null;
    end if;
    if not exists (
        select from security.app_user as u where u.user_id = v_token.user_id and u.is_active
    ) then
        return null;
    end if;

    update security.refresh_token as t
    set used_at = now()
    where t.token_hash = p_token_hash;
    insert into security.refresh_token (token_hash, family_id, user_id, expires_at)
    values (
        p_next_token_hash, v_token.family_id, v_token.user_id, now() + interval '30 days'
    );
    return v_token.user_id;
end
$$;

comment on function security.use_refresh_token(bytea, bytea) is
'Exchanges a refresh token (sha256) for the next one and returns its user; null when it is '
'unknown, expired, revoked, of an inactive user, or used before, which ends every token of that '
'login.';
grant execute on function security.use_refresh_token(bytea, bytea) to qb_api;
