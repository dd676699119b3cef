-- What may be taken back: nothing that something else stands on. All of that is told at once, the
-- last one first, also what stands on what stands on it.
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
    v_later text;
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

    -- Most events have nothing on them.
    if not exists (select from fund._events_on(p_event) as e where e.reversed_on is null) then
        return;
    end if;
    with recursive
    later as (
        select e.event_id, e.event_number, e.kind, e.event_on
        from fund._events_on(p_event) as e
        where e.reversed_on is null
        union
        select e.event_id, e.event_number, e.kind, e.event_on
        from later as l
        inner join fund.event as x on x.fund_id = p_event.fund_id and l.event_id = x.event_id
        cross join lateral fund._events_on(x) as e
        where e.reversed_on is null
    )

    select
        string_agg(
            format('event %s, %s of %s', n.event_number, n.kind, n.event_on), '; '
            order by n.event_number desc
        ) filter (where n.place <= 20)
        || case when max(n.place) > 20 then format('; and %s more', max(n.place) - 20) else '' end
    into v_later
    from (
        select
            l.*,
            row_number() over (order by l.event_number desc) as place
        from later as l
    ) as n;
    raise exception using
        errcode = 'QB409',
        constraint = 'later_events_are_reversed_first',
        column = 'event_id',
        message = 'Something later stands on this event.',
        detail = upper(left(v_later, 1)) || substr(v_later, 2) || '.',
        hint = 'Reverse these first, in this order.';
end
$$;

comment on function fund._check_reversal(fund.event) is
'Refuses to take back what something later stands on. Raises QB409 reversal_is_final, '
'later_events_are_reversed_first.';
