-- What may be taken back: nothing that something else stands on. What sets shares is taken back in
-- order, the last one first; so are fee runs and net asset values, each among themselves; a call
-- when nobody has paid it; a payment when its advance is still there.
create or replace function fund._check_reversal(
    p_event fund.event
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_later fund.event;
begin
    if p_event.kind = 'reversal' then
        raise exception using
            errcode = 'QB409',
            constraint = 'reversal_is_final',
            column = 'event_id',
            message = 'A reversal is not reversed.',
            detail = format('Event %s is one.', p_event.event_number),
            hint = 'Record again, as a new event, what it took back.';
    end if;

    select e.*
    into v_later
    from fund.event as e
    where
        e.fund_id = p_event.fund_id
        and e.event_number > p_event.event_number
        and e.kind <> 'reversal'
        and not exists (
            select
            from fund.event as r
            where r.fund_id = e.fund_id and r.reverses_event_id = e.event_id
        )
        and (
            (fund._is_structural(p_event.kind) and fund._is_structural(e.kind))
            or (p_event.kind in ('management_fee', 'nav') and e.kind = p_event.kind)
            -- Reckoned by the commitments that it set.
            or (p_event.kind in ('close', 'transfer') and e.kind in ('management_fee', 'nav'))
            -- A fee that was called.
            or (
                e.kind = 'capital_call'
                and (e.request ->> 'fee_event_id')::uuid = p_event.event_id
            )
            -- What was taken off a fee.
            or exists (
                select
                from fund.fee_reduction as x
                where
                    x.fund_id = e.fund_id
                    and x.event_id = e.event_id
                    and x.adjustment_id = p_event.event_id
            )
            -- Everything of a partner was moved.
            or e.kind in ('close', 'transfer', 'default')
            -- Paid with this call, or out of this payment's advance.
            or exists (
                select
                from fund.payment_line as l
                where
                    l.fund_id = e.fund_id
                    and l.event_id = e.event_id
                    and l.call_id = p_event.event_id
            )
            or (
                p_event.kind = 'payment'
                and exists (
                    select
                    from fund.payment_line as l
                    inner join fund.payment as p
                        on l.fund_id = p.fund_id and l.investor_id = p.investor_id
                    where
                        l.fund_id = e.fund_id
                        and l.event_id = e.event_id
                        and p.fund_id = p_event.fund_id
                        and p.event_id = p_event.event_id
                        and (
                            (l.applied_to = 'advance' and l.amount < 0)
                            -- A late payment, of less because this one's advance was there.
                            or (
                                l.applied_to = 'call'
                                and exists (
                                    select
                                    from fund.payment_line as a
                                    inner join fund.capital_call as c on a.fund_id = c.fund_id
                                    where
                                        a.fund_id = p.fund_id
                                        and a.event_on = p_event.event_on
                                        and a.event_id = p.event_id
                                        and a.applied_to = 'advance'
                                        and a.amount > 0
                                        and c.event_id = l.call_id
                                        and c.due_on < l.event_on
                                )
                            )
                            -- Interest that this payment was charged, perhaps.
                            or (
                                l.applied_to = 'late_interest'
                                and exists (
                                    select
                                    from fund.late_interest as i
                                    where
                                        i.fund_id = p.fund_id
                                        and i.event_on = p_event.event_on
                                        and i.event_id = p.event_id
                                )
                            )
                        )
                )
            )
        )
    order by e.event_number desc
    limit 1;
    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'later_events_are_reversed_first',
            column = 'event_id',
            message = 'Something later stands on this event.',
            detail = format(
                'Event %s, %s of %s.', v_later.event_number, v_later.kind, v_later.event_on
            ),
            hint = 'Reverse that one first.';
    end if;
end
$$;

comment on function fund._check_reversal(fund.event) is
'Refuses to take back what something later stands on. Raises QB409 reversal_is_final, '
'later_events_are_reversed_first.';
