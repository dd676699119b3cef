-- Whether an entry that came again with its key is the one that was posted: by what it says, not by
-- how it is written, so that 5 and 5.00 are the same amount.
create or replace function ledger.is_same_entry(
    p_fund_id uuid,
    p_entry_id uuid,
    p_entry jsonb
)
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
    select
        row(e.entry_on, e.kind, e.memo, e.reverses_entry_id, e.source_room, e.source_key)
        is not distinct from
        row(
            (p_entry ->> 'entry_on')::date,
            p_entry ->> 'kind',
            p_entry ->> 'memo',
            (p_entry ->> 'reverses_entry_id')::uuid,
            p_entry ->> 'source_room',
            p_entry ->> 'source_key'
        )
        and not exists (
            select
            from (
                select k.*
                from ledger.journal_line as k
                where
                    k.fund_id = e.fund_id and k.entry_on = e.entry_on and k.entry_id = e.entry_id
            ) as l
            full join ledger.read_lines(p_entry) as r on l.line_number = r.line_number
            where
                row(l.account_number, l.partner_id, l.currency, l.debit, l.credit)
                is distinct from
                row(r.account_number, r.partner_id, r.currency, r.debit, r.credit)
        )
    from ledger.journal_entry as e
    where e.fund_id = p_fund_id and e.entry_id = p_entry_id
$$;

comment on function ledger.is_same_entry(uuid, uuid, jsonb) is
'True when p_entry, in the keys of ledger.post_entry, says what was posted; null when the caller '
'sees no such entry. Raises class 22 where a value is not of its type.';
grant execute on function ledger.is_same_entry(uuid, uuid, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
