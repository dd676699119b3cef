-- What a contact becomes when a payload is laid over it: an absent key leaves its column as it is,
-- an explicit null clears it.
create or replace function fund.apply_contact_payload(
    p_old fund.investor_contact,
    p_payload jsonb
)
returns fund.investor_contact
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_new fund.investor_contact;
    v_fields text[] := array['name', 'email', 'phone', 'is_primary'];
begin
    perform fund.check_fields(p_payload, v_fields);
    perform fund.check_readable(p_payload, v_fields, array['text', 'text', 'text', 'boolean']);
    v_new := jsonb_populate_record(p_old, p_payload);
    v_new.name := btrim(v_new.name);
    v_new.email := nullif(btrim(v_new.email), '');
    v_new.phone := nullif(btrim(v_new.phone), '');
    v_new.is_primary := coalesce(v_new.is_primary, false);
    if v_new.name is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = 'name',
            message = 'name is required.',
            hint = 'Send the name of the person.';
    end if;
    return v_new;
end
$$;

comment on function fund.apply_contact_payload(fund.investor_contact, jsonb) is
'The contact that results from a payload (name, email, phone, is_primary). Raises QB400 required, '
'unknown_field, request_is_an_object, value_is_readable.';
grant execute on function fund.apply_contact_payload(fund.investor_contact, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
