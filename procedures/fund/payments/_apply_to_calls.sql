-- What a partner paid, in advance or now, goes to its calls: the one that the payment names, then
-- the one due first. Returns how much.
create or replace function fund._apply_to_calls(
    p_event fund.event,
    p_investor_id uuid,
    p_amount numeric,
    p_advance numeric
)
returns numeric
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    open_call as (
        select
            o.call_id,
            o.open_amount,
            row_number() over calls_in_order as line_number,
            sum(o.open_amount) over calls_in_order - o.open_amount as open_before
        from fund._open_calls(p_event.fund_id, p_investor_id) as o
        where o.notice_on <= p_event.event_on
        window calls_in_order as (
            order by
                o.call_id = (p_event.request ->> 'call_id')::uuid desc nulls last,
                o.due_on,
                o.call_number
            rows unbounded preceding
        )
    ),

    written as (
        insert into fund.payment_line (
            fund_id, event_id, event_on, line_number, investor_id, call_id, applied_to, flow_on,
            amount
        )
        select
            p_event.fund_id,
            p_event.event_id,
            p_event.event_on,
            o.line_number,
            p_investor_id,
            o.call_id,
            'call',
            fund._contribution_day(p_event.fund_id, o.call_id),
            least(o.open_amount, p_advance + p_amount - o.open_before)
        from open_call as o
        where o.open_before < p_advance + p_amount
        returning amount
    )

    select coalesce(sum(w.amount), 0)
    from written as w
$$;

comment on function fund._apply_to_calls(fund.event, uuid, numeric, numeric) is
'Writes what p_amount and p_advance pay of the partner''s open calls; returns the sum.';
