-- A transfer: from here on the buyer is the holder, and counts as if it had been from the first.
create or replace function fund._write_transfer(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_transfer fund.transfer := fund._read_transfer(p_event);
begin
    perform fund._check_nothing_paid_later(p_event, v_transfer.seller_id);
    insert into fund.commitment (fund_id, investor_id, investor_class)
    select
        c.fund_id,
        v_transfer.buyer_id,
        coalesce(p_event.request ->> 'investor_class', c.investor_class)
    from fund.commitment as c
    where c.fund_id = p_event.fund_id and c.investor_id = v_transfer.seller_id
    on conflict (fund_id, investor_id) do nothing;
    perform fund._transfer_owed(p_event, v_transfer);
    perform fund._transfer_paid(p_event, v_transfer);
    perform fund._transfer_distributed(p_event, v_transfer);
    v_transfer.commitment_amount := fund._commitment_to_move(p_event, v_transfer);

    insert into fund.transfer (
        fund_id, event_id, seller_id, buyer_id, transferred_on, fraction, commitment_amount, memo
    )
    values (
        v_transfer.fund_id,
        v_transfer.event_id,
        v_transfer.seller_id,
        v_transfer.buyer_id,
        v_transfer.transferred_on,
        v_transfer.fraction,
        v_transfer.commitment_amount,
        v_transfer.memo
    );

    insert into fund.commitment_line (
        fund_id, event_id, event_on, line_number, investor_id, amount
    )
    values
    (
        p_event.fund_id, p_event.event_id, p_event.event_on, 1, v_transfer.seller_id,
        -v_transfer.commitment_amount
    ),
    (
        p_event.fund_id, p_event.event_id, p_event.event_on, 2, v_transfer.buyer_id,
        v_transfer.commitment_amount
    );
    perform fund._transfer_results(p_event, v_transfer);
    perform fund._post_transfer(p_event, v_transfer);
end
$$;

comment on function fund._write_transfer(fund.event) is
'Writes a transfer. Raises what fund._read_transfer, fund._check_nothing_paid_later and fund._post '
'raise.';
