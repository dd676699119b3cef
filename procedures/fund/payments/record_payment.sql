-- Records money that came in from a partner.
create or replace function fund.record_payment(
    p_fund_id uuid,
    p_payment jsonb,
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
    from fund.run_event(p_fund_id, 'payment', p_payment, p_key, p_preview) as r
$$;

comment on function fund.record_payment(uuid, jsonb, text, boolean) is
'Records a payment, p_payment {investor, received_on, amount, call_id, memo}: for the call that it '
'names, then for the partner''s open calls, the one due first being first, then for late interest; '
'the rest is kept as an advance, which the next call uses. What comes after the due date and the '
'days of grace costs interest from the due date on, as the terms of the day say. Returns what '
'fund.run_event does. Raises what that raises, and QB400 required, unknown_field, day_is_readable, '
'amount_is_readable, amount_not_negative, amount_to_the_cent, amount_in_range, '
'payment_has_an_amount, partner_unknown, call_unknown, payment_not_before_call, QB409 '
'call_is_open, terms_cover_the_day, entry_in_open_period.';
grant execute on function fund.record_payment(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
