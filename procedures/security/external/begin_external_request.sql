-- First statement of a request that came with an identity provider's token, in the place of
-- begin_request: from here on it runs as the group role of the user that the account is here.
create or replace function security.begin_external_request(
    p_issuer text,
    p_subject text,
    p_claims jsonb
)
returns void
language plpgsql
volatile
-- Invoker: a definer function may not change the role.
security invoker
set search_path = ''
as $$
declare
    v_user record;
begin
    select
        u.user_id,
        u.group_role,
        u.is_active
    into v_user
    from security.external_user(p_issuer, p_subject, p_claims) as u;

    if v_user.user_id is not null and not v_user.is_active then
        raise exception using
            errcode = 'QB401',
            constraint = 'token_user_unknown',
            message = 'The token belongs to a user who is not known or no longer active.',
            hint = 'Log in again, or ask an administrator.';
    end if;
    if v_user.group_role is null then
        raise exception using
            errcode = 'QB403',
            constraint = 'external_identity_has_no_role',
            message = 'The identity provider vouches for you, but you have no role here.',
            hint = 'Ask an administrator to map one of your groups or roles (security.claim_role).';
    end if;

    perform set_config('qb.user_id', v_user.user_id::text, true);
    perform set_config('role', v_user.group_role, true);
end
$$;

comment on function security.begin_external_request(text, text, jsonb) is
'Sets role and user for this transaction from issuer, subject and claims of a verified token. '
'Raises QB401 token_user_unknown, QB403 external_identity_has_no_role.';
grant execute on function security.begin_external_request(text, text, jsonb) to qb_api;
