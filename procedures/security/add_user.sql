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
    if exists (
        select from security.person as p where lower(p.email) = lower(btrim(p_email))
    ) then
        raise exception using
            errcode = 'QB409',
            constraint = 'person_email_key',
            column = 'email',
            message = 'There already is a user with this e-mail address.',
            hint = 'Ask for a token of that user, or use another address.';
    end if;

    insert into security.app_user (group_role)
    values ('qb_' || p_group_role)
    returning user_id into v_user_id;

    insert into security.person (user_id, email, display_name)
    values (v_user_id, btrim(p_email), coalesce(p_display_name, split_part(p_email, '@', 1)));

    if p_password_hash is not null then
        insert into security.credential (user_id, password_hash)
        values (v_user_id, p_password_hash);
    end if;

    return v_user_id;
end
$$;

comment on function security.add_user(text, text, text, text) is
'Creates a user (p_group_role: admin, editor, viewer, auditor, submitter, investor) and returns '
'its id. Raises QB409 person_email_key, 23514 app_user_group_role_known. For owners.';
