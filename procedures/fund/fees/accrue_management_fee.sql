-- Accrues the management fee of the next period: for every partner what its class owes, with the
-- days, rates and bases that it comes from; less waivers, rebates and offsets; in the books.
create or replace function fund.accrue_management_fee(
    p_fund_id uuid,
    p_period jsonb default '{}',
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
    from fund.run_event(p_fund_id, 'management_fee', p_period, p_key, p_preview) as r
$$;

comment on function fund.accrue_management_fee(uuid, jsonb, text, boolean) is
'Accrues the management fee of p_period {from_on, to_on}, both optional: the next fee period, its '
'first day and the first day after it. Returns the row of fund.run_event. Raises QB409 '
'fee_needs_a_close, fee_period_is_free, fee_periods_leave_no_gap, fee_steps_cover_the_day, '
'terms_cover_the_day, QB400 fee_begins_with_first_close, fee_period_within_terms, and what '
'fund.run_event raises.';
grant execute on function fund.accrue_management_fee(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
