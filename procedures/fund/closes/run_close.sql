-- Admits partners, or raises their commitments, on a day.
create or replace function fund.run_close(
    p_fund_id uuid,
    p_close jsonb,
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
    from fund.run_event(p_fund_id, 'close', p_close, p_key, p_preview) as r
$$;

comment on function fund.run_close(uuid, jsonb, text, boolean) is
'Records a close, p_close {closed_on, commitments: [{investor, amount, investor_class}], excuses: '
'[{investor, call, reason}], memo}: amount, in the fund''s currency, is added to the partner''s '
'commitment; call is the number or call_id of an earlier call that the investor takes no part in. '
'Earlier calls and pro-rata distributions are shared again by the commitments after the close, and '
'settled in cash on closed_on with the interest of the terms (fund.true_up_interest); management '
'fees accrued before are caught up, and results allocated before are allocated anew. Returns and '
'raises what fund.run_event does, and QB400 close_admits_somebody, commitment_above_zero, '
'investor_named_once, investor_unknown, excused_is_admitted, call_unknown, QB409 '
'investor_class_stands, partner_in_default, call_within_unfunded, terms_cover_the_day, '
'allocation_has_a_share.';
grant execute on function fund.run_close(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
