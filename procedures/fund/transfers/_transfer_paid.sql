-- Moves the buyer's part of what the seller paid, day by day: of a call or of late interest as much
-- as leaves each with its part of what is open. An advance is the seller's own money; it passes
-- with the whole interest only.
create or replace function fund._transfer_paid(
    p_event fund.event,
    p_transfer fund.transfer
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    owed as (
        select
            o.applied_to,
            o.call_id,
            -- The seller's before the transfer: what it has now and what the buyer got.
            sum(o.amount) as amount,
            sum(o.amount) filter (where o.investor_id = p_transfer.buyer_id) as moved
        from (
            select
                'call' as applied_to,
                l.call_id,
                l.event_id,
                l.investor_id,
                l.capital_amount + l.fee_amount as amount
            from fund.capital_call_line as l
            where l.fund_id = p_event.fund_id
            union all
            select 'late_interest', null, l.event_id, l.investor_id, l.amount
            from fund.late_interest as l
            where l.fund_id = p_event.fund_id
        ) as o
        where
            o.investor_id = p_transfer.seller_id
            or (o.investor_id = p_transfer.buyer_id and o.event_id = p_event.event_id)
        group by o.applied_to, o.call_id
    ),

    flow as (
        select
            f.*,
            sum(f.amount) over (partition by f.applied_to, f.call_id) as total,
            sum(f.amount) over up_to_the_day as so_far,
            row_number() over (
                partition by f.applied_to, f.call_id order by f.flow_on desc
            ) = 1 as is_last
        from (
            select
                l.applied_to,
                l.call_id,
                coalesce(l.flow_on, l.event_on) as flow_on,
                sum(l.amount) as amount
            from fund.payment_line as l
            where
                l.fund_id = p_event.fund_id
                and l.investor_id = p_transfer.seller_id
                and (l.applied_to <> 'advance' or p_transfer.fraction = 1)
            group by l.applied_to, l.call_id, coalesce(l.flow_on, l.event_on)
            having sum(l.amount) <> 0
        ) as f
        window up_to_the_day as (partition by f.applied_to, f.call_id order by f.flow_on)
    ),

    running as (
        select
            f.applied_to,
            f.call_id,
            f.flow_on,
            case
                when f.applied_to = 'advance' then f.so_far
                when f.is_last
                    then coalesce(o.moved, 0) - least(
                        fund._part(o.amount - f.total, p_transfer.fraction), coalesce(o.moved, 0)
                    )
                else fund._part(f.so_far, p_transfer.fraction)
            end as moved
        from flow as f
        left join owed as o
            on f.applied_to = o.applied_to and f.call_id is not distinct from o.call_id
    ),

    part as (
        select
            r.applied_to,
            r.call_id,
            r.flow_on,
            r.moved - lag(r.moved, 1, 0::numeric) over (
                partition by r.applied_to, r.call_id order by r.flow_on
            ) as amount
        from running as r
    )

    insert into fund.payment_line (
        fund_id, event_id, event_on, line_number, investor_id, call_id, applied_to, reason, flow_on,
        amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by p.flow_on, p.applied_to, c.call_number, s.sign),
        s.investor_id,
        p.call_id,
        p.applied_to,
        'transfer',
        p.flow_on,
        s.sign * p.amount
    from part as p
    left join fund.capital_call as c on c.fund_id = p_event.fund_id and p.call_id = c.event_id
    cross join lateral (
        values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
    ) as s (sign, investor_id)
    where p.amount <> 0;
$$;

comment on function fund._transfer_paid(fund.event, fund.transfer) is
'Writes what a transfer moves of payments, after fund._transfer_owed.';
