-- The answer that shows one investor.
create or replace function fund.investor_answer(
    p_investor_id uuid,
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
    from fund.investor_record as r
    where r.investor_id = p_investor_id;
end
$$;

comment on function fund.investor_answer(uuid, integer, text) is
'Status, ETag and envelope of one investor. Raises QB404 investor_not_found.';
grant execute on function fund.investor_answer(uuid, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
