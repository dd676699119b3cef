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
'Records a close, p_close {closed_on, commitments: [{investor, amount, investor_class}], memo}: '
'amount, in the fund''s currency, is added to the partner''s commitment. Returns and raises what '
'fund.run_event does.';
grant execute on function fund.run_close(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
