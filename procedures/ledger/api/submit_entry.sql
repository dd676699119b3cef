-- POST /v1/funds/{fund_id}/journal: an entry that no event of the fund makes, such as an investment
-- or an expense.
create or replace function ledger.submit_entry(
    p_fund_id uuid,
    p_entry jsonb,
    p_key text default null,
    p_preview boolean default false
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    perform fund.require_fund(p_fund_id);
    return query
    select a.status, a.etag, a.body
    from ledger.post_entry(p_fund_id, p_entry, p_key, p_preview) as r
    cross join lateral ledger.entry_answer(r.entry, p_preview) as a;
end
$$;

comment on function ledger.submit_entry(uuid, jsonb, text, boolean) is
'Posts an entry by ledger.post_entry and answers it (201, and the same again for a repeated p_key; '
'a preview 200). Raises QB404 fund_not_found, what ledger.post_entry raises.';
grant execute on function ledger.submit_entry(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
