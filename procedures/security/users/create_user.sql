-- POST /v1/users: a person with a role, with funds and companies when the role is narrowed, and
-- with the investors that somebody with the role investor acts for.
create or replace function security.create_user(
    p_user jsonb,
    p_password_hash text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_role text := substr(security.group_role(p_user ->> 'role'), 4);
    v_user_id uuid := security.add_user(
        p_user ->> 'email', v_role, p_user ->> 'display_name', p_password_hash
    );
begin
    perform security.replace_user_scope(
        v_user_id,
        security.text_items(p_user -> 'funds'),
        security.text_items(p_user -> 'companies'),
        security.text_items(p_user -> 'investors')
    );
    return query
    select a.status, a.etag, a.body
    from security.user_answer(v_user_id, 201, 'User created.') as a;
end
$$;

comment on function security.create_user(jsonb, text) is
'Creates a user (201) from email, role, display_name, funds (names or ids), companies, investors '
'(codes or ids) and an argon2id hash; without a hash nobody can log in by password. Raises QB400 '
'role_unknown, fund_unknown, company_unknown, investor_unknown, role_has_no_scope, '
'scope_required, email_has_no_spaces, QB409 person_email_key; the table''s constraints.';
grant execute on function security.create_user(jsonb, text) to qb_admin;
