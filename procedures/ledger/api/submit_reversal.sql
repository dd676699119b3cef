-- POST /v1/funds/{fund_id}/journal/{entry_id}/reversal: takes an entry back. One that an event of
-- the fund posted goes with its event: the books would say other than the fund.
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
    if exists (
        select
        from ledger.journal_entry as e
        where e.fund_id = p_fund_id and e.entry_id = p_entry_id and e.source_room = 'fund'
    ) then
        raise exception using
            errcode = 'QB409',
            constraint = 'entry_goes_with_its_event',
            column = 'entry_id',
            message = 'This entry was posted by an event of the fund.',
            hint = 'POST /v1/funds/{id}/events/{event_id}/reversal takes the event back, and its '
            || 'entries with it.';
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
'fund_not_found, QB409 entry_goes_with_its_event, what ledger.reverse_entry raises.';
grant execute on function ledger.submit_reversal(uuid, uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
