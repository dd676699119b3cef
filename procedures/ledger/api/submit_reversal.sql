-- POST /v1/funds/{fund_id}/journal/{entry_id}/reversal: takes an entry back, unless an event of the
-- fund posted it: that is taken back as a whole.
create or replace function ledger.submit_reversal(
    p_fund_id uuid,
    p_entry_id uuid,
    p_reversal jsonb default '{}',
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
    perform fund.check_fields(p_reversal, array['entry_on', 'memo']);
    if not pg_catalog.pg_input_is_valid(p_reversal ->> 'entry_on', 'date') then
        raise exception using
            errcode = 'QB400',
            constraint = 'entry_is_complete',
            column = 'entry_on',
            message = 'entry_on is not a day.',
            detail = left(p_reversal ->> 'entry_on', 40),
            hint = 'Send a day such as 2025-06-30, or leave it out.';
    end if;
    return query
    select a.status, a.etag, a.body
    from ledger.reverse_entry(
        p_fund_id,
        p_entry_id,
        (p_reversal ->> 'entry_on')::date,
        p_reversal ->> 'memo',
        p_key,
        p_preview
    ) as r
    cross join lateral ledger.entry_answer(r.entry, p_preview) as a;
end
$$;

comment on function ledger.submit_reversal(uuid, uuid, jsonb, text, boolean) is
'Reverses an entry by ledger.reverse_entry, on p_reversal''s entry_on with its memo, and answers '
'the reversal (201, and the same again for a repeated p_key; a preview 200). Raises QB404 '
'fund_not_found, QB400 request_is_an_object, unknown_field, entry_is_complete, what '
'ledger.reverse_entry raises.';
grant execute on function ledger.submit_reversal(uuid, uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
