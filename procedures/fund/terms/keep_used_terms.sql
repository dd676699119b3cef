-- Terms by which something was recorded are not deleted, nor ended before it, nor does their fee
-- schedule change after the transaction that set them: an auditor finds what held, and a close
-- divides earlier calls as they were divided. What was reversed does not count.
create or replace function fund.keep_used_terms()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_row record := case tg_op when 'DELETE' then old else new end;
    v_terms fund.terms;
    v_from_on date;
    v_event record;
begin
    -- As they stand, also before an update.
    select t.*
    into v_terms
    from fund.terms as t
    where t.fund_id = v_row.fund_id and t.valid_from = v_row.valid_from;
    if tg_op = 'INSERT' and v_terms.created_date = now() then
        return new;
    end if;
    v_from_on := v_terms.valid_from;
    if tg_op = 'UPDATE' then
        -- Days that they lose; none when the end comes later.
        v_from_on := coalesce(new.valid_to, 'infinity');
    end if;

    -- Who is recording something at this moment is waited for.
    perform ledger.hold_book(v_row.fund_id);
    select
        e.event_number,
        e.kind,
        e.event_on
    into v_event
    from fund.event as e
    where
        e.fund_id = v_terms.fund_id
        and (
            (
                e.event_on >= v_from_on
                and (v_terms.valid_to is null or e.event_on < v_terms.valid_to)
            )
            -- A fee is of days, whenever it was posted.
            or exists (
                select
                from fund.fee_run as f
                where
                    f.fund_id = e.fund_id
                    and f.event_id = e.event_id
                    and f.to_on > v_from_on
                    and (v_terms.valid_to is null or f.from_on < v_terms.valid_to)
            )
        )
        and e.kind <> 'reversal'
        and not exists (
            select
            from fund.event as r
            where r.fund_id = e.fund_id and r.reverses_event_id = e.event_id
        )
    order by e.event_number
    limit 1;
    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'terms_in_use_stay',
            column = 'valid_from',
            message = 'Something was recorded while these terms held.',
            detail = format(
                'Event %s, %s, is of %s.', v_event.event_number, v_event.kind, v_event.event_on
            ),
            hint = 'Set other terms from a later day on, or reverse these events first.';
    end if;
    return v_row;
end
$$;

comment on function fund.keep_used_terms() is
'Triggers _300_keep before a delete or an update of valid_to on fund.terms, and before an insert '
'or delete on fund.fee_step. Raises QB409 terms_in_use_stay.';
