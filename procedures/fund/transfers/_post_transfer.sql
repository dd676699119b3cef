-- Posts a transfer: on every account of the seller's sub-ledger as much passes to the buyer as the
-- lines say, and of what no line stands for (carried interest, opening balances) the fraction.
-- Distributions that are not paid yet are paid to the buyer.
create or replace function fund._post_transfer(
    p_event fund.event,
    p_transfer fund.transfer
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_later record;
begin
    perform fund._post(
        p_event,
        'transfer',
        p_event.event_on,
        p_transfer.memo,
        (
            select
                jsonb_agg(
                    jsonb_build_object(
                        'account', m.account_number, 'partner_id', s.investor_id,
                        'debit', s.sign * m.amount
                    )
                    order by m.account_number, s.sign
                )
            from (
                select
                    a.account_number,
                    sum(a.moved)
                    + fund._part(sum(a.balance) - sum(a.lines), p_transfer.fraction) as amount
                from (
                    select l.account_number, 0 as moved, 0 as lines, l.debit - l.credit as balance
                    from ledger.journal_line as l
                    where
                        l.fund_id = p_event.fund_id and l.partner_id = p_transfer.seller_id
                    union all
                    select l.account_number, 0, l.amount, 0
                    from fund._lines_on_accounts(p_event.fund_id, p_transfer.seller_id) as l
                    where l.event_id <> p_event.event_id
                    union all
                    select l.account_number, l.amount, 0, 0
                    from fund._lines_on_accounts(p_event.fund_id, p_transfer.buyer_id) as l
                    where l.event_id = p_event.event_id
                    union all
                    select '2300', -l.amount, 0, 0
                    from fund.distribution_line as l
                    where
                        l.fund_id = p_event.fund_id
                        and l.event_on = p_event.event_on
                        and l.event_id = p_event.event_id
                        and l.investor_id = p_transfer.buyer_id
                        and l.flow_on > l.event_on
                ) as a
                group by a.account_number
            ) as m
            cross join lateral (
                values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
            ) as s (sign, investor_id)
        )
    );

    for v_later in
        select
            l.flow_on,
            jsonb_agg(
                jsonb_build_object(
                    'account', '2300', 'partner_id', l.investor_id, 'debit', l.amount
                )
                order by l.line_number
            ) as lines
        from fund.distribution_line as l
        where
            l.fund_id = p_event.fund_id
            and l.event_on = p_event.event_on
            and l.event_id = p_event.event_id
            and l.flow_on > l.event_on
        group by l.flow_on
    loop
        perform fund._post(
            p_event,
            'distribution_payment',
            v_later.flow_on,
            'A distribution declared before the transfer, paid to the buyer',
            v_later.lines
        );
    end loop;
end
$$;

comment on function fund._post_transfer(fund.event, fund.transfer) is
'Posts a transfer on its day; distributions that are paid later on the day of their payment. '
'Raises what fund._post raises.';
