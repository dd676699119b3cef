-- The answer that shows one contact.
create or replace function fund.contact_answer(
    p_investor_id uuid,
    p_contact_id uuid,
    p_status integer,
    p_message text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform fund.require_investor(p_investor_id);
    return query
    select
        p_status,
        format('"%s"', r.row_version),
        ops.success_body(p_status, p_message, to_json(r))
    from fund.contact_record as r
    where r.investor_id = p_investor_id and r.contact_id = p_contact_id;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'contact_not_found',
            column = 'contact_id',
            message = 'The investor has no contact with this contact_id.',
            hint = 'GET /v1/investors/{investor_id}/contacts lists its contacts.';
    end if;
end
$$;

comment on function fund.contact_answer(uuid, uuid, integer, text) is
'Status, ETag and envelope of one contact. Raises QB404 investor_not_found, contact_not_found.';
grant execute on function fund.contact_answer(uuid, uuid, integer, text) to
qb_admin, qb_editor, qb_editor_scoped, qb_investor;
