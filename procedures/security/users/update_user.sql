-- PATCH /v1/users/{user_id}: changes what the payload names and nothing else. It acts on the user's
-- next request, and on a database login at once (security.follow_user_change).
create or replace function security.update_user(
    p_user_id uuid,
    p_user jsonb,
    p_password_hash text default null,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_old security.app_user;
    v_role text;
begin
    select u.*
    into v_old
    from security.app_user as u
    where u.user_id = p_user_id and u.user_id <> '00000000-0000-0000-0000-000000000000'
    for update;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'user_not_found',
            column = 'user_id',
            message = 'There is no user with this id.',
            hint = 'GET /v1/users lists them.';
    end if;
    perform ops.check_if_match(p_if_match, v_old.row_version);

    v_role := case
        when p_user ? 'role' then security.group_role(p_user ->> 'role') else v_old.group_role
    end;
    perform security.check_role_change(v_old, v_role, p_user);

    if p_user ?| array['email', 'display_name'] then
        perform security.check_email_is_free(p_user ->> 'email', p_user_id);
        update security.person as p
        set
            email = coalesce(btrim(p_user ->> 'email'), p.email),
            display_name = coalesce(nullif(btrim(p_user ->> 'display_name'), ''), p.display_name)
        where p.user_id = p_user_id;
    end if;
    if p_password_hash is not null then
        perform security.set_password_hash(p_user_id, p_password_hash);
    end if;
    -- Also when neither changes: the version is that of all there is about the user.
    update security.app_user as u
    set
        group_role = v_role,
        is_active = coalesce((p_user ->> 'active')::boolean, u.is_active)
    where u.user_id = p_user_id;
    if p_user ?| array['role', 'funds', 'companies', 'investors'] then
        perform security.replace_user_scope(
            p_user_id,
            security.text_items(p_user -> 'funds'),
            security.text_items(p_user -> 'companies'),
            security.text_items(p_user -> 'investors')
        );
    end if;

    return query
    select a.status, a.etag, a.body
    from security.user_answer(p_user_id, 200, 'User updated.') as a;
end
$$;

comment on function security.update_user(uuid, jsonb, text, text) is
'Changes email, display_name, role, funds, companies, investors (each list as a whole), active or, '
'by its hash, the password of a user (200); an absent key leaves it; p_if_match guards it. Raises '
'QB404 user_not_found, QB412 stale_version, QB409 last_admin, role_is_claim_managed, '
'login_is_claim_managed, person_email_key, QB400 role_unknown, narrowing_ends_explicitly, '
'database_login_reads_only, fund_unknown, company_unknown, investor_unknown, role_has_no_scope, '
'scope_required, email_has_no_spaces; the table''s constraints.';
grant execute on function security.update_user(uuid, jsonb, text, text) to qb_admin;
