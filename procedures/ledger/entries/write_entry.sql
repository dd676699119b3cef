-- Writes an entry and its lines, and looks at once whether they add up: who posts is told here, not
-- at commit. Every rule stands in the tables and their triggers.
create or replace function ledger.write_entry(
    p_fund_id uuid,
    p_entry jsonb,
    p_key text
)
returns ledger.journal_entry
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_entry ledger.journal_entry;
begin
    insert into ledger.journal_entry (
        fund_id, entry_on, kind, memo, line_count, entry_key, reverses_entry_id, source_room,
        source_key
    )
    values (
        p_fund_id,
        (p_entry ->> 'entry_on')::date,
        p_entry ->> 'kind',
        p_entry ->> 'memo',
        (select count(*) from ledger.read_lines(p_entry)),
        p_key,
        (p_entry ->> 'reverses_entry_id')::uuid,
        p_entry ->> 'source_room',
        p_entry ->> 'source_key'
    )
    returning * into v_entry;

    insert into ledger.journal_line (
        fund_id, entry_on, entry_id, line_number, account_number, partner_id, currency, debit,
        credit
    )
    select
        v_entry.fund_id,
        v_entry.entry_on,
        v_entry.entry_id,
        r.line_number,
        r.account_number,
        r.partner_id,
        r.currency,
        r.debit,
        r.credit
    from ledger.read_lines(p_entry) as r
    order by r.line_number;

    set constraints ledger._800_balance immediate;
    set constraints ledger._800_balance deferred;
    return v_entry;
end
$$;

comment on function ledger.write_entry(uuid, jsonb, text) is
'Inserts an entry, in the keys of ledger.post_entry, with its lines. Raises what the tables and '
'their triggers raise, and class 22 where a value is not of its type.';
grant execute on function ledger.write_entry(uuid, jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
