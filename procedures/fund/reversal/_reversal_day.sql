-- The day on which an event is taken back: the one asked for, or else its own or that on which what
-- stood on it was taken back; or the first open one when the books of that day are closed.
create or replace function fund._reversal_day(
    p_fund_id uuid,
    p_request jsonb
)
returns date
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_event fund.event;
    v_text text := p_request ->> 'event_id';
    v_least_on date;
    v_day date;
begin
    perform fund.check_fields(p_request, array['event_id', 'reversed_on', 'memo']);
    if v_text is not null and not pg_catalog.pg_input_is_valid(v_text, 'uuid') then
        v_text := null;
    end if;
    select e.*
    into v_event
    from fund.event as e
    where e.fund_id = p_fund_id and e.event_id = v_text::uuid;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'event_not_found',
            column = 'event_id',
            message = 'The fund has no such event.',
            detail = coalesce(left(p_request ->> 'event_id', 60), ''),
            hint = 'GET /v1/funds/{id}/events lists what was recorded.';
    end if;

    v_least_on := greatest(
        v_event.event_on,
        (
            -- What was taken back on its own day never stood.
            select max(e.reversed_on)
            from fund._events_on(v_event) as e
            where e.reversed_on > e.event_on
        )
    );
    v_day := fund._read_day(p_request, 'reversed_on', v_least_on);
    if v_day < v_least_on then
        raise exception using
            errcode = 'QB409',
            constraint = 'reversal_in_order_of_days',
            column = 'reversed_on',
            message = 'The event cannot be taken back on so early a day.',
            detail = format('On %s at the earliest.', v_least_on),
            hint = 'Leave reversed_on out for the first possible day.';
    end if;
    return greatest(v_day, ledger.first_open_day(p_fund_id));
end
$$;

comment on function fund._reversal_day(uuid, jsonb) is
'Day of the reversal that p_request {event_id, reversed_on, memo} asks for. Raises QB404 '
'event_not_found, QB400 unknown_field, day_is_readable, QB409 reversal_in_order_of_days: before '
'the event, or before what stood on it was taken back.';
