-- Takes a posted entry back, by an entry with the same lines and the sides changed: on the day of
-- the entry while its period is open, else on the first open day.
create or replace function ledger.reverse_entry(
    p_fund_id uuid,
    p_entry_id uuid,
    p_entry_on date default null,
    p_memo text default null,
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
    v_reversed ledger.journal_entry;
    v_repeated ledger.journal_entry;
begin
    perform ledger.lock_book(p_fund_id);
    select e.*
    into v_reversed
    from ledger.journal_entry as e
    where e.fund_id = p_fund_id and e.entry_id = p_entry_id;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'entry_not_found',
            column = 'entry_id',
            message = 'The fund''s books have no entry with this entry_id.',
            hint = 'ledger.journal lists the entries you may see.';
    end if;
    -- What was left out is what it was the first time: the open day may be another one by now.
    select e.*
    into v_repeated
    from ledger.journal_entry as e
    where e.fund_id = p_fund_id and e.entry_key = p_key and e.reverses_entry_id = p_entry_id;

    return query
    select r.entry_id, r.entry_number, r.is_repeat, r.entry
    from ledger.post_entry(
        p_fund_id,
        jsonb_build_object(
            'entry_on', coalesce(
                p_entry_on,
                v_repeated.entry_on,
                greatest(v_reversed.entry_on, ledger.first_open_day(p_fund_id))
            ),
            'kind', 'reversal',
            'memo', coalesce(
                p_memo, v_repeated.memo, format('Reversal of entry %s', v_reversed.entry_number)
            ),
            'reverses_entry_id', p_entry_id,
            'source_room', v_reversed.source_room,
            'source_key', v_reversed.source_key,
            'lines', (
                select jsonb_agg(
                    jsonb_build_object(
                        'account', l.account_number,
                        'partner_id', l.partner_id,
                        'currency', l.currency,
                        'debit', l.credit,
                        'credit', l.debit
                    )
                    order by l.line_number
                )
                from ledger.journal_line as l
                where
                    l.fund_id = p_fund_id
                    and l.entry_on = v_reversed.entry_on
                    and l.entry_id = p_entry_id
            )
        ),
        p_key,
        p_preview
    ) as r;
end
$$;

comment on function ledger.reverse_entry(uuid, uuid, date, text, text, boolean) is
'Posts the reversal of an entry on p_entry_on (null: the entry''s day, or the first open day when '
'that is closed); returns what ledger.post_entry returns. Raises QB404 books_not_found, '
'entry_not_found, QB409 entry_reversed_once, reversal_is_final, entry_in_open_period, '
'entry_key_unique, QB400 reversal_not_before_entry.';
grant execute on function ledger.reverse_entry(uuid, uuid, date, text, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
