-- What an entry is given when it is posted, whoever posts it: its number, who and when. And where
-- it may stand: on an open day, and a reversal after what it takes back. Under the lock of the
-- books, so that no period is closed meanwhile. What the events of a fund post, they alone post and
-- take back, as the owner: otherwise the books would say other than the fund.
create or replace function ledger.complete_entry()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_book ledger.book := ledger.lock_book(new.fund_id);
    v_open_on date := ledger.first_open_day(new.fund_id);
    v_reversed ledger.journal_entry;
begin
    if new.entry_on < v_book.first_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'entry_not_before_books',
            column = 'entry_on',
            message = 'The books begin later.',
            detail = format('They begin on %s.', v_book.first_on),
            hint = 'Take earlier events over as an opening balance on the first day.';
    elsif new.entry_on < v_open_on then
        raise exception using
            errcode = 'QB409',
            constraint = 'entry_in_open_period',
            column = 'entry_on',
            message = 'The period is closed.',
            detail = format('Closed up to %s.', v_open_on - 1),
            hint = format('Post it on %s, the first open day, or later.', v_open_on);
    elsif new.entry_on > ops.today() + interval '10 years' then
        -- A slip of the year would make periods, and those stay.
        raise exception using
            errcode = 'QB400',
            constraint = 'entry_within_ten_years',
            column = 'entry_on',
            message = 'This day is more than ten years ahead.',
            detail = new.entry_on::text,
            hint = 'Check the year.';
    else
        perform ledger.add_periods(new.fund_id, new.entry_on);
    end if;

    if new.reverses_entry_id is not null then
        select e.*
        into v_reversed
        from ledger.journal_entry as e
        where e.fund_id = new.fund_id and e.entry_id = new.reverses_entry_id;
    end if;
    if
        -- Also when it is taken back without saying whose it is.
        'fund' in (new.source_room, v_reversed.source_room)
        and not pg_catalog.pg_has_role(current_user, 'qb_owner', 'usage')
    then
        raise exception using
            errcode = 'QB409',
            constraint = 'entry_goes_with_its_event',
            column = 'source_room',
            message = 'Entries of an event of the fund are posted and reversed by it.',
            hint = 'Record or reverse the event: POST /v1/funds/{id}/events/{event_id}/reversal.';
    end if;
    if v_reversed.kind = 'reversal' then
        raise exception using
            errcode = 'QB409',
            constraint = 'reversal_is_final',
            column = 'reverses_entry_id',
            message = 'A reversal is not reversed.',
            detail = format('Entry %s is one.', v_reversed.entry_number),
            hint = 'Post again, as a new entry, what it took back.';
    elsif new.entry_on < v_reversed.entry_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'reversal_not_before_entry',
            column = 'entry_on',
            message = 'A reversal does not come before what it takes back.',
            detail = format('Entry %s is of %s.', v_reversed.entry_number, v_reversed.entry_on),
            hint = 'Leave the day out to have the first possible one.';
    end if;

    new.entry_number := 1 + coalesce(
        (select max(e.entry_number) from ledger.journal_entry as e where e.fund_id = new.fund_id),
        0
    );
    new.posted_at := ops.now();
    new.posted_by := security.author_id();
    return new;
end
$$;

comment on function ledger.complete_entry() is
'Trigger _200_complete on ledger.journal_entry: number, author and time of an entry. Raises QB400 '
'entry_not_before_books, entry_within_ten_years, reversal_not_before_entry, QB409 '
'entry_in_open_period, reversal_is_final, entry_goes_with_its_event, what ledger.lock_book raises.';
