-- PATCH /v1/investors/{investor_id}/contacts/{contact_id}: changes what the payload names and
-- nothing else.
create or replace function fund.update_contact(
    p_investor_id uuid,
    p_contact_id uuid,
    p_contact jsonb,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_old fund.investor_contact := fund.lock_contact(p_investor_id, p_contact_id);
    v_new fund.investor_contact;
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    v_new := fund.apply_contact_payload(v_old, p_contact);
    update fund.investor_contact as c
    set is_primary = false
    where
        c.investor_id = p_investor_id
        and c.contact_id <> p_contact_id
        and c.is_primary
        and v_new.is_primary;
    update fund.investor_contact as c
    set
        name = v_new.name,
        email = v_new.email,
        phone = v_new.phone,
        is_primary = v_new.is_primary
    where c.investor_id = p_investor_id and c.contact_id = p_contact_id;
    return query
    select a.status, a.etag, a.body
    from fund.contact_answer(p_investor_id, p_contact_id, 200, 'Contact updated.') as a;
end
$$;

comment on function fund.update_contact(uuid, uuid, jsonb, text) is
'Changes a contact (200) by the keys of POST: an absent key leaves the column, an explicit null '
'clears it; a new first contact takes the place of the one before. Raises QB404 '
'investor_not_found, contact_not_found, QB412 stale_version, QB400 required, unknown_field, '
'request_is_an_object; the constraints of fund.investor_contact.';
grant execute on function fund.update_contact(uuid, uuid, jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
