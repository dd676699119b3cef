-- Calls capital of the partners.
create or replace function fund.issue_capital_call(
    p_fund_id uuid,
    p_call jsonb,
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
    from fund.run_event(p_fund_id, 'capital_call', p_call, p_key, p_preview) as r
$$;

comment on function fund.issue_capital_call(uuid, jsonb, text, boolean) is
'Issues a capital call, p_call {notice_on, due_on, capital_amount, fee_amount, fee_event_id, '
'purpose, excuses: [{investor, reason}]}: capital_amount is shared in proportion to commitment or, '
'as the terms say, to unfunded commitment, without those who are excused; fee_amount by commitment '
'among the classes that pay fees or, with the fee_event_id of an accrual, as that says. Posts it, '
'and uses what partners had paid in advance. due_on without a value is notice_on. Returns what '
'fund.run_event does. Raises what that raises, and QB400 required, unknown_field, day_is_readable, '
'amount_is_readable, amount_not_negative, amount_to_the_cent, amount_in_range, call_has_an_amount, '
'call_due_after_notice, partner_unknown, excuses_are_readable, partner_is_excused_once, '
'excused_partner_is_called, fee_accrual_unknown, fee_is_what_accrued, QB409 '
'fee_accrual_is_called_once, call_within_unfunded, allocation_has_a_share, terms_cover_the_day, '
'event_in_order_of_days, entry_in_open_period.';
grant execute on function fund.issue_capital_call(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
