-- Creates a user with a role and, when given, a password hash (argon2id, made by the caller).
create or replace function security.add_user(
    p_email text,
    p_group_role text,
    p_display_name text default null,
    p_password_hash text default null
)
returns uuid
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_user_id uuid;
begin
    perform security.check_email_is_free(p_email, null);

    insert into security.app_user (group_role)
    values ('qb_' || p_group_role)
    returning user_id into v_user_id;

    insert into security.person (user_id, email, display_name)
    values (
        v_user_id,
        btrim(p_email),
        coalesce(nullif(btrim(p_display_name), ''), split_part(btrim(p_email), '@', 1))
    );

    if p_password_hash is not null then
        perform security.set_password_hash(v_user_id, p_password_hash);
    end if;

    return v_user_id;
end
$$;

comment on function security.add_user(text, text, text, text) is
'Creates a user (p_group_role: admin, editor, viewer, auditor, submitter, investor, editor_scoped, '
'viewer_scoped) without funds and companies, and returns its id. Raises QB400 '
'email_has_no_spaces, QB409 person_email_key, 23514 app_user_group_role_known.';
grant execute on function security.add_user(text, text, text, text) to qb_admin;
