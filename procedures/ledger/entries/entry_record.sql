-- A posted entry as it is answered: the keys that ledger.post_entry takes, and what it was given.
create or replace function ledger.entry_record(
    p_fund_id uuid,
    p_entry_id uuid
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
    select
        jsonb_build_object(
            'entry_id', e.entry_id,
            'entry_number', e.entry_number,
            'entry_on', e.entry_on,
            'kind', e.kind,
            'memo', e.memo,
            'entry_key', e.entry_key,
            'reverses_entry_id', e.reverses_entry_id,
            'source_room', e.source_room,
            'source_key', e.source_key,
            'posted_at', e.posted_at,
            'posted_by', e.posted_by,
            'lines', (
                select jsonb_agg(
                    jsonb_build_object(
                        'account', l.account_number,
                        'name', a.name,
                        'partner_id', l.partner_id,
                        'currency', l.currency,
                        'debit', l.debit::numeric(20, 2),
                        'credit', l.credit::numeric(20, 2)
                    )
                    order by l.line_number
                )
                from ledger.journal_line as l
                inner join ledger.account as a
                    on l.fund_id = a.fund_id and l.account_number = a.account_number
                where
                    l.fund_id = e.fund_id and l.entry_on = e.entry_on and l.entry_id = e.entry_id
            )
        )
    from ledger.journal_entry as e
    where e.fund_id = p_fund_id and e.entry_id = p_entry_id
$$;

comment on function ledger.entry_record(uuid, uuid) is
'A posted entry with its lines as JSON, amounts in units of currency to the cent; null when the '
'reader sees none.';
grant execute on function ledger.entry_record(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
