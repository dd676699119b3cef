-- Begins a session: the first refresh token of a family. The token itself never comes here, only
-- its hash, so neither a dump nor a statement log can be used to log in.
create or replace function security.issue_refresh_token(
    p_user_id uuid,
    p_token_hash bytea
)
returns void
language plpgsql
volatile
-- Definer: nobody may read or write the table.
security definer
set search_path = ''
as $$
begin
    delete from security.refresh_token as t
    where t.user_id = p_user_id and t.expires_at <= now();

    insert into security.refresh_token (token_hash, family_id, user_id, expires_at)
    values (p_token_hash, gen_random_uuid(), p_user_id, now() + interval '30 days');
end
$$;

comment on function security.issue_refresh_token(uuid, bytea) is
'Records the sha256 of a new refresh token of a user, valid for 30 days and one use; forgets the '
'user''s expired ones.';
grant execute on function security.issue_refresh_token(uuid, bytea) to qb_api;
