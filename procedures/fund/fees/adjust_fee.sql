-- Records a waiver or rebate of the management fee, or a fee of a portfolio company that offsets
-- it: the accruals after it take less.
create or replace function fund.adjust_fee(
    p_fund_id uuid,
    p_adjustment jsonb,
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
    from fund.run_event(p_fund_id, 'fee_adjustment', p_adjustment, p_key, p_preview) as r
$$;

comment on function fund.adjust_fee(uuid, jsonb, text, boolean) is
'Records p_adjustment {kind: waiver, rebate or offset, investor (code or id; none: all), from_on, '
'to_on (first day after; none: no end), amount or share, memo}: a share of the gross fee of these '
'days, or an amount taken once; an offset has the amount and day of a portfolio company''s fee. '
'Returns the row of fund.run_event. Raises QB400 fee_adjustment_is_amount_or_share, '
'fee_offset_is_for_all_on_one_day, share_is_readable, partner_unknown, QB409 '
'fee_adjustment_before_accrual, and what fund.run_event raises.';
grant execute on function fund.adjust_fee(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
