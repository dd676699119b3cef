-- The commitment that passes: the part that was asked for, to the cent, unless cents that were cut
-- off the parts of many calls would leave the seller or the buyer with more called than committed;
-- then it gives way by those cents.
create or replace function fund._commitment_to_move(
    p_event fund.event,
    p_transfer fund.transfer
)
returns numeric
language sql
stable
security invoker
set search_path = ''
as $$
    select greatest(
        least(
            p_transfer.commitment_amount,
            sum(x.amount) filter (where x.investor_id = p_transfer.seller_id)
        ),
        -coalesce(sum(x.amount) filter (where x.investor_id = p_transfer.buyer_id), 0)
    )
    from fund._commitment_left(p_event.fund_id) as x
    where x.investor_id in (p_transfer.seller_id, p_transfer.buyer_id)
$$;

comment on function fund._commitment_to_move(fund.event, fund.transfer) is
'Commitment that passes with p_transfer, once its lines of calls and distributions are written: '
'its commitment_amount, give or take cents.';
