-- What stands on an event, or stood on it until it was taken back itself: it goes first. What sets
-- shares is taken back in order, the last one first; so are fee runs and net asset values, each
-- among themselves; a call when nobody has paid it; a payment when its advance is still there.
create or replace function fund._events_on(
    p_event fund.event
)
returns table (event_id uuid, event_number bigint, kind text, event_on date, reversed_on date)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        e.event_id,
        e.event_number,
        e.kind,
        e.event_on,
        r.event_on
    from fund.event as e
    left join fund.event as r on e.fund_id = r.fund_id and e.event_id = r.reverses_event_id
    where
        e.fund_id = p_event.fund_id
        and e.event_number > p_event.event_number
        and e.kind <> 'reversal'
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
$$;

comment on function fund._events_on(fund.event) is
'One row per later event that has to be taken back before p_event is, with the day on which it '
'was, or null.';
