-- Marks the fund's investments to fair value at the end of a quarter.
create or replace function fund.mark_nav(
    p_fund_id uuid,
    p_mark jsonb,
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
    from fund.run_event(p_fund_id, 'nav', p_mark, p_key, p_preview) as r
$$;

comment on function fund.mark_nav(uuid, jsonb, text, boolean) is
'Records a net asset value, p_mark {as_of, fair_value, memo}: as_of is the last day of a quarter '
'of the fund''s books, fair_value that of all investments, in the fund''s currency. The change '
'of what is unrealised is posted, and the result since the books began becomes the partners'' '
'capital: fees each their own, everything else by commitment on as_of, also of who was excused '
'from a call: what a side letter says otherwise is an entry of its own. Returns and raises what '
'fund.run_event does, and QB400 nav_at_quarter_end, QB409 nav_in_order_of_days, '
'nav_in_one_currency.';
grant execute on function fund.mark_nav(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
