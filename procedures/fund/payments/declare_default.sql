-- Declares that a partner does not pay what is called of it.
create or replace function fund.declare_default(
    p_fund_id uuid,
    p_default jsonb,
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
    from fund.run_event(p_fund_id, 'default', p_default, p_key, p_preview) as r
$$;

comment on function fund.declare_default(uuid, jsonb, text, boolean) is
'Declares a partner in default, p_default {investor, declared_on, memo}: what is open of its calls '
'is no longer expected, and no later call asks it. Late interest that it owes stays owed. Returns '
'what fund.run_event does. Raises what that raises, and QB400 required, unknown_field, '
'day_is_readable, partner_unknown, QB409 partner_defaults_once, default_after_due_date, '
'event_in_order_of_days, entry_in_open_period.';
grant execute on function fund.declare_default(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
