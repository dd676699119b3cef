-- The user an account of an identity provider is here, and the role for this request. Found by
-- issuer and subject only: an e-mail address in a token proves nothing, so it never links. An
-- account seen for the first time becomes a user when its claims give it a role.
create or replace function security.external_user(
    p_issuer text,
    p_subject text,
    p_claims jsonb
)
returns table (user_id uuid, group_role text, is_active boolean)
language plpgsql
volatile
-- Definer: the API's login has no rights on users.
security definer
set search_path = ''
as $$
declare
    v_identity security.external_identity;
    v_user security.app_user;
    v_role text := security.role_by_claims(p_issuer, p_claims);
    v_email text := p_claims ->> 'email';
begin
    select i.*
    into v_identity
    from security.external_identity as i
    where i.issuer = p_issuer and i.subject = p_subject;

    if not found and v_role is not null then
        -- Two first requests at once make one user.
        perform pg_advisory_xact_lock(hashtextextended(p_issuer || ' ' || p_subject, 0));
        select i.*
        into v_identity
        from security.external_identity as i
        where i.issuer = p_issuer and i.subject = p_subject;
        if not found then
            insert into security.app_user (group_role) values (v_role) returning * into v_user;
            -- An address the provider has not verified could be anybody's, and is left out.
            if
                v_email not like '%_@_%'
                or length(v_email) > 320
                or coalesce(p_claims ->> 'email_verified', p_claims ->> 'xms_edov', 'false')
                not in ('true', '1')
                or exists (
                    select from security.person as p where lower(p.email) = lower(btrim(v_email))
                )
            then
                v_email := null;
            end if;
            insert into security.person (user_id, email, display_name)
            values (
                v_user.user_id,
                coalesce(btrim(v_email), v_user.user_id || '@external.invalid'),
                left(coalesce(
                    nullif(btrim(p_claims ->> 'name'), ''),
                    nullif(btrim(p_claims ->> 'preferred_username'), ''),
                    'External user'
                ), 200)
            );
            insert into security.external_identity (issuer, subject, user_id)
            values (p_issuer, p_subject, v_user.user_id)
            returning * into v_identity;
        end if;
    end if;
    if v_identity.user_id is null then
        return;
    end if;

    select u.* into v_user from security.app_user as u where u.user_id = v_identity.user_id;
    if not v_identity.is_claim_managed then
        v_role := v_user.group_role;
    elsif v_role is distinct from v_user.group_role and v_role is not null and v_user.is_active then
        update security.app_user as u
        set group_role = v_role
        where u.user_id = v_user.user_id;
    end if;
    return query select v_user.user_id, v_role, v_user.is_active;
end
$$;

comment on function security.external_user(text, text, jsonb) is
'User, role for this request and activity of an account of an identity provider; no row when it is '
'unknown and its claims give no role; a null role when they no longer do. Makes the user at first '
'sight. Claims must come from a verified token.';
grant execute on function security.external_user(text, text, jsonb) to qb_api;
