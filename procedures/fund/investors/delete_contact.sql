-- DELETE /v1/investors/{investor_id}/contacts/{contact_id}: forgets a person. Nothing else names
-- him.
create or replace function fund.delete_contact(
    p_investor_id uuid,
    p_contact_id uuid,
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
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    delete from fund.investor_contact as c
    where c.investor_id = p_investor_id and c.contact_id = p_contact_id;
    return query
    select
        200,
        null::text,
        ops.success_body(
            200, 'Contact deleted.', json_build_object('contact_id', p_contact_id)
        );
end
$$;

comment on function fund.delete_contact(uuid, uuid, text) is
'Deletes a contact (200). Raises QB404 investor_not_found, contact_not_found, QB412 '
'stale_version.';
grant execute on function fund.delete_contact(uuid, uuid, text) to
qb_admin, qb_editor, qb_editor_scoped;
