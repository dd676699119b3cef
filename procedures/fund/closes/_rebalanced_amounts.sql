-- What a close moved for each partner, over all calls and distributions.
create or replace function fund._rebalanced_amounts(
    p_event fund.event
)
returns table (
    investor_id uuid,
    investor_code text,
    paid_in numeric,
    less_called numeric,
    paid_back numeric,
    distributed numeric,
    distributed_later numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        x.investor_id,
        i.investor_code,
        sum(x.paid_in),
        sum(x.less_called),
        sum(x.paid_back),
        sum(x.distributed),
        sum(x.distributed_later)
    from (
        select
            l.investor_id,
            greatest(l.amount, 0) as paid_in,
            0 as less_called,
            greatest(-l.amount, 0) as paid_back,
            0 as distributed,
            0 as distributed_later
        from fund.payment_line as l
        where
            l.fund_id = p_event.fund_id
            and l.event_on = p_event.event_on
            and l.event_id = p_event.event_id
            and l.reason = 'rebalancing'
        union all
        select
            l.investor_id,
            0,
            greatest(-l.capital_amount, 0),
            0,
            0,
            0
        from fund.capital_call_line as l
        where
            l.fund_id = p_event.fund_id
            and l.event_on = p_event.event_on
            and l.event_id = p_event.event_id
            and l.reason = 'rebalancing'
        union all
        select
            l.investor_id,
            0,
            0,
            0,
            l.amount,
            case when l.flow_on > l.event_on then l.amount else 0 end
        from fund.distribution_line as l
        where
            l.fund_id = p_event.fund_id
            and l.event_on = p_event.event_on
            and l.event_id = p_event.event_id
    ) as x
    inner join fund.investor as i on x.investor_id = i.investor_id
    group by x.investor_id, i.investor_code
$$;

comment on function fund._rebalanced_amounts(fund.event) is
'One row per partner that a close moved something for: what it pays in of earlier calls, by how '
'much less is called of it, what of that it gets back, what more (or less) it is distributed, and '
'how much of that is not paid yet.';
