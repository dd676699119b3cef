-- What a close gives back, and what a transfer moves, is what was paid by then: money of a later
-- day that is recorded already would be given back, or moved, before it came.
create or replace function fund._check_nothing_paid_later(
    p_event fund.event,
    p_investor_id uuid default null
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
    select e.*
    into v_later
    from fund.event as e
    inner join fund.payment as p on e.fund_id = p.fund_id and e.event_id = p.event_id
    where
        e.fund_id = p_event.fund_id
        and e.event_on > p_event.event_on
        and (p_investor_id is null or p.investor_id = p_investor_id)
        and not exists (
            select
            from fund.event as r
            where r.fund_id = e.fund_id and r.reverses_event_id = e.event_id
        )
    order by e.event_number desc
    limit 1;
    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'event_in_order_of_days',
            column = fund._day_field(p_event.kind),
            message = 'Something later was recorded already.',
            detail = format(
                'Event %s, %s, is of %s.', v_later.event_number, v_later.kind, v_later.event_on
            ),
            hint = 'Use that day or a later one, or reverse the later event first.';
    end if;
end
$$;

comment on function fund._check_nothing_paid_later(fund.event, uuid) is
'Refuses an event before a payment that is recorded of the partner p_investor_id (null: of '
'anybody). Raises QB409 event_in_order_of_days.';
