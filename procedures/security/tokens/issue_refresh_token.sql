-- Begins a session: the first refresh token of a family. The token itself never comes here, only
-- its hash, so neither a dump nor a statement log can be used to log in. Between the look at the
-- password and this call the password may have been reset, or the user ended: then there is none.
create or replace function security.issue_refresh_token(
    p_user_id uuid,
    p_token_hash bytea,
    p_password_hash text
)
returns boolean
language plpgsql
volatile
-- Definer: nobody may read or write the table.
security definer
set search_path = ''
as $$
begin
    -- A reset in flight is waited for here, and the next statement sees it; a later one waits for
    -- us, and ends this token with the others.
    perform from security.app_user as u where u.user_id = p_user_id and u.is_active for share;
    if not found then
        return false;
    end if;
    perform
    from security.credential as c
    where c.user_id = p_user_id and c.password_hash = p_password_hash;
    if not found then
        return false;
    end if;

    delete from security.refresh_token as t
    where t.user_id = p_user_id and t.expires_at <= now();

    insert into security.refresh_token (token_hash, family_id, user_id, expires_at)
    values (p_token_hash, gen_random_uuid(), p_user_id, now() + interval '30 days');
    return true;
end
$$;

comment on function security.issue_refresh_token(uuid, bytea, text) is
'Records the sha256 of a new refresh token of a user, valid for 30 days and one use, and forgets '
'the user''s expired ones. False, and no token, when the user is inactive or the password hash is '
'no longer the one that was compared.';
grant execute on function security.issue_refresh_token(uuid, bytea, text) to qb_api;
