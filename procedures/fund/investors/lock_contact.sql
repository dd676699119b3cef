-- A contact's row, locked for a change.
create or replace function fund.lock_contact(
    p_investor_id uuid,
    p_contact_id uuid
)
returns fund.investor_contact
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_contact fund.investor_contact;
begin
    perform fund.require_investor(p_investor_id);
    select c.*
    into v_contact
    from fund.investor_contact as c
    where c.investor_id = p_investor_id and c.contact_id = p_contact_id
    for update;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'contact_not_found',
            column = 'contact_id',
            message = 'The investor has no contact with this contact_id.',
            hint = 'GET /v1/investors/{investor_id}/contacts lists its contacts.';
    end if;
    return v_contact;
end
$$;

comment on function fund.lock_contact(uuid, uuid) is
'Locks the contact''s row until commit and returns it. Raises QB404 investor_not_found, '
'contact_not_found.';
grant execute on function fund.lock_contact(uuid, uuid) to qb_admin, qb_editor, qb_editor_scoped;
