-- Pays accrued management fee to the manager.
create or replace function fund.pay_management_fee(
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
    from fund.run_event(p_fund_id, 'fee_payment', p_payment, p_key, p_preview) as r
$$;

comment on function fund.pay_management_fee(uuid, jsonb, text, boolean) is
'Pays p_payment {paid_on, amount}, in the fund''s currency, of accrued management fee. Returns the '
'row of fund.run_event. Raises QB409 fee_payment_within_payable, fee_payment_within_cash, and what '
'fund.run_event raises.';
grant execute on function fund.pay_management_fee(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
