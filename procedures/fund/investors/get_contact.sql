-- GET /v1/investors/{investor_id}/contacts/{contact_id}: one contact.
create or replace function fund.get_contact(
    p_investor_id uuid,
    p_contact_id uuid
)
returns table (status integer, etag text, body text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        a.status,
        a.etag,
        a.body
    from fund.contact_answer(p_investor_id, p_contact_id, 200, 'Contact.') as a
$$;

comment on function fund.get_contact(uuid, uuid) is
'One contact with its ETag. Raises QB404 investor_not_found, contact_not_found.';
grant execute on function fund.get_contact(uuid, uuid) to
qb_admin, qb_editor, qb_editor_scoped, qb_investor;
