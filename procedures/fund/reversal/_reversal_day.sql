-- The day on which an event is taken back: the one asked for, or its own, or the first open one
-- when the books of that day are closed.
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

    return greatest(
        fund._read_day(p_request, 'reversed_on', v_event.event_on),
        v_event.event_on,
        ledger.first_open_day(p_fund_id)
    );
end
$$;

comment on function fund._reversal_day(uuid, jsonb) is
'Day of the reversal that p_request {event_id, reversed_on, memo} asks for, never before the '
'event. Raises QB404 event_not_found, QB400 unknown_field, day_is_readable.';
