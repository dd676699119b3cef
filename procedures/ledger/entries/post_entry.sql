-- Posts an entry: what happened on a day, as lines that balance in each currency. Once per key,
-- whoever asks again and however often; a preview does the same work and takes it back.
create or replace function ledger.post_entry(
    p_fund_id uuid,
    p_entry jsonb,
    p_key text default null,
    p_preview boolean default false
)
returns table (entry_id uuid, entry_number bigint, is_repeat boolean, entry jsonb)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_entry ledger.journal_entry;
    v_table text;
    v_constraint text;
    v_column text;
    v_detail text;
begin
    -- The first lock and the only one: a twin with the same key waits here, and then sees ours.
    perform ledger.lock_book(p_fund_id);
    is_repeat := false;

    select e.*
    into v_entry
    from ledger.journal_entry as e
    where e.fund_id = p_fund_id and e.entry_key = p_key;
    if found then
        if not ledger.is_same_entry(p_fund_id, v_entry.entry_id, p_entry) then
            raise exception using
                errcode = 'QB409',
                constraint = 'entry_key_unique',
                column = 'entry_key',
                message = 'Another entry was posted with this key.',
                detail = format('Entry %s of %s.', v_entry.entry_number, v_entry.entry_on),
                hint = 'Use a new key for a new entry; send the same entry to repeat it.';
        end if;
        is_repeat := true;
    else
        v_entry := ledger.write_entry(p_fund_id, p_entry, p_key);
    end if;

    entry_id := v_entry.entry_id;
    entry_number := v_entry.entry_number;
    entry := ledger.entry_record(p_fund_id, v_entry.entry_id);
    if p_preview then
        raise exception using
            errcode = 'QB200',
            constraint = 'preview_is_taken_back',
            message = 'A preview is taken back.',
            hint = 'Nobody sees this: it ends the preview.';
    end if;
    return next;
exception
    when sqlstate 'QB200' then
        -- Variables keep what they were given; an id that no longer exists is not shown.
        if not is_repeat then
            entry_id := null;
            entry := entry - 'entry_id';
        end if;
        return next;
    when integrity_constraint_violation or data_exception then
        get stacked diagnostics
            v_table = table_name,
            v_constraint = constraint_name,
            v_column = column_name,
            v_detail = pg_exception_detail;
        perform ops.refuse_violation(
            'ledger', sqlstate, v_table, v_constraint, v_column, sqlerrm, v_detail,
            'entry_is_complete',
            'Send entry_on, kind and lines with account, currency, debit or credit.'
        );
end
$$;

comment on function ledger.post_entry(uuid, jsonb, text, boolean) is
'Posts p_entry {entry_on, kind, memo, source_room, source_key, lines: [{account, partner_id, '
'currency, debit, credit}]}, amounts in units of currency to the cent; returns its id, its number '
'within the fund, whether it had been posted before with p_key, and the entry. With p_preview '
'nothing is posted: no id, and the number it would get. Raises QB404 books_not_found, QB400 '
'entry_balances_per_currency, entry_has_its_lines, account_takes_partner, account_is_active, '
'entry_not_before_books, entry_is_complete, every constraint of the journal by its name, QB409 '
'entry_in_open_period, entry_key_unique, books_need_fresh_snapshot; preview_is_taken_back stays '
'inside.';
grant execute on function ledger.post_entry(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
