-- POST /v1/investors/{investor_id}/contacts: a person to write to. A new first contact takes the
-- place of the one before.
create or replace function fund.add_contact(
    p_investor_id uuid,
    p_contact jsonb
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_new fund.investor_contact := fund.apply_contact_payload(null, p_contact);
begin
    perform fund.require_investor(p_investor_id);
    update fund.investor_contact as c
    set is_primary = false
    where c.investor_id = p_investor_id and c.is_primary and v_new.is_primary;
    insert into fund.investor_contact (investor_id, name, email, phone, is_primary)
    values (p_investor_id, v_new.name, v_new.email, v_new.phone, v_new.is_primary)
    returning contact_id into v_new.contact_id;
    return query
    select a.status, a.etag, a.body
    from fund.contact_answer(p_investor_id, v_new.contact_id, 201, 'Contact added.') as a;
end
$$;

comment on function fund.add_contact(uuid, jsonb) is
'Adds a contact of an investor (201) from name (required), email, phone and is_primary. Raises '
'QB404 investor_not_found, QB400 required, unknown_field, request_is_an_object; the constraints '
'of fund.investor_contact.';
grant execute on function fund.add_contact(uuid, jsonb) to qb_admin, qb_editor, qb_editor_scoped;
