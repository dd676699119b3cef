-- GET /v1/funds/{fund_id}/journal/{entry_id}: one entry with its lines.
create or replace function ledger.get_entry(
    p_fund_id uuid,
    p_entry_id uuid
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_entry jsonb;
begin
    perform fund.require_fund(p_fund_id);
    v_entry := ledger.entry_record(p_fund_id, p_entry_id);
    if v_entry is null then
        raise exception using
            errcode = 'QB404',
            constraint = 'entry_not_found',
            column = 'entry_id',
            message = 'The fund''s books have no entry with this entry_id.',
            hint = 'GET /v1/funds/{id}/journal lists the entries.';
    end if;
    return query select 200, null::text, ops.success_body(200, 'Journal entry.', v_entry::json);
end
$$;

comment on function ledger.get_entry(uuid, uuid) is
'One posted entry as ledger.entry_record shows it. Raises QB404 fund_not_found, entry_not_found.';
grant execute on function ledger.get_entry(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
