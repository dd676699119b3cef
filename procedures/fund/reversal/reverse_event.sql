-- Takes back what was done to a fund.
create or replace function fund.reverse_event(
    p_fund_id uuid,
    p_reversal jsonb,
    p_key text default null,
    p_preview boolean default false
)
returns table (event_id uuid, event_number bigint, is_repeat boolean, event jsonb)
language sql
volatile
security invoker
set search_path = ''
as $$
    select r.event_id, r.event_number, r.is_repeat, r.event
    from fund.run_event(p_fund_id, 'reversal', p_reversal, p_key, p_preview) as r
$$;

comment on function fund.reverse_event(uuid, jsonb, text, boolean) is
'Takes an event back, p_reversal {event_id, reversed_on, memo}: every amount that it wrote, and '
'its journal entries, with the other sign, on reversed_on (without a value: the event''s own day, '
'or that until which something later stood on it; in all cases the first open day when that is '
'later). Returns what fund.run_event does. Raises what that raises, and QB404 '
'event_not_found, QB400 unknown_field, day_is_readable, QB409 event_reversed_once, '
'reversal_is_final, reversal_in_order_of_days, later_events_are_reversed_first.';
grant execute on function fund.reverse_event(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
