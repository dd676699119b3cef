-- Moves the buyer's part of what the seller was distributed, day by day of its cash flows.
create or replace function fund._transfer_distributed(
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
    flow as (
        select
            l.distribution_id,
            d.distribution_number,
            coalesce(
                l.flow_on, case when l.reason = 'rebalancing' then l.event_on else d.paid_on end
            ) as flow_on,
            sum(l.weight) as weight,
            sum(l.exact_amount) as exact_amount,
            sum(l.amount) as amount,
            sum(l.recallable_amount) as recallable_amount
        from fund.distribution_line as l
        inner join fund.distribution as d
            on l.fund_id = d.fund_id and l.distribution_id = d.event_id
        where
            l.fund_id = p_event.fund_id
            and l.investor_id = p_transfer.seller_id
            -- Of a distribution that was taken back there is nothing to move.
            and not exists (
                select
                from fund.event as r
                where r.fund_id = l.fund_id and r.reverses_event_id = l.distribution_id
            )
        group by l.distribution_id, d.distribution_number, 3
    ),

    running as (
        select
            f.distribution_id,
            f.distribution_number,
            f.flow_on,
            f.weight * p_transfer.fraction as weight,
            round(f.exact_amount * p_transfer.fraction, 20) as exact_amount,
            fund._part(sum(f.amount) over up_to_the_day, p_transfer.fraction) as amount,
            fund._part(sum(f.recallable_amount) over up_to_the_day, p_transfer.fraction)
            as recallable_amount
        from flow as f
        window up_to_the_day as (partition by f.distribution_id order by f.flow_on)
    ),

    part as (
        select
            r.distribution_id,
            r.distribution_number,
            r.flow_on,
            r.weight,
            r.exact_amount,
            r.amount - lag(r.amount, 1, 0::numeric) over day_by_day as amount,
            r.recallable_amount - lag(r.recallable_amount, 1, 0::numeric) over day_by_day
            as recallable_amount
        from running as r
        window day_by_day as (partition by r.distribution_id order by r.flow_on)
    )

    insert into fund.distribution_line (
        fund_id, event_id, event_on, line_number, distribution_id, investor_id, reason, flow_on,
        weight, exact_amount, amount, recallable_amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by p.distribution_number, p.flow_on, s.sign),
        p.distribution_id,
        s.investor_id,
        'transfer',
        p.flow_on,
        s.sign * p.weight,
        s.sign * p.exact_amount,
        s.sign * p.amount,
        s.sign * p.recallable_amount
    from part as p
    cross join lateral (
        values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
    ) as s (sign, investor_id);
$$;

comment on function fund._transfer_distributed(fund.event, fund.transfer) is
'Writes what a transfer moves of distributions.';
