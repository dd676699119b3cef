-- An event as it is answered: what it is, and every row that it wrote, table by table, so that a
-- preview shows all that would be recorded and posted.
create or replace function fund.event_record(
    p_fund_id uuid,
    p_event_id uuid
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
    select
        jsonb_build_object(
            'event_id', e.event_id,
            'event_number', e.event_number,
            'kind', e.kind,
            'event_on', e.event_on,
            'event_key', e.event_key,
            'reverses_event_id', e.reverses_event_id,
            'recorded_at', e.recorded_at,
            'recorded_by', e.recorded_by,
            'record', fund.event_header(e.fund_id, e.event_id),
            'lines', fund.event_lines(e.fund_id, e.event_id),
            'journal_entries', (
                select coalesce(
                    jsonb_agg(
                        ledger.entry_record(j.fund_id, j.entry_id) - 'source_room' - 'source_key'
                        order by j.entry_number
                    ),
                    '[]'
                )
                from ledger.journal_entry as j
                where
                    j.fund_id = e.fund_id
                    and j.source_room = 'fund'
                    -- A reversal's entries are those that take the entries of its event back.
                    and j.source_key = coalesce(e.reverses_event_id, e.event_id)::text
                    and (j.kind = 'reversal') = (e.kind = 'reversal')
            )
        )
    from fund.event as e
    where e.fund_id = p_fund_id and e.event_id = p_event_id
$$;

comment on function fund.event_record(uuid, uuid) is
'An event as JSON: itself, its own record, the lines that it wrote by table, and its journal '
'entries; amounts in the fund''s currency to the cent. Null when the reader sees none.';
grant execute on function fund.event_record(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
