-- Moves the buyer's part of what was reckoned of the seller's interest: management fees (the parts
-- of a fee are cut off, and the gross fee is what they add up to), interest of closes, results.
create or replace function fund._transfer_results(
    p_event fund.event,
    p_transfer fund.transfer
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into fund.fee_line (
        fund_id, event_id, event_on, line_number, fee_id, investor_id, exact_amount, gross_amount,
        waived_amount, rebated_amount, offset_amount, net_amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by m.event_number, s.sign),
        m.fee_id,
        s.investor_id,
        s.sign * m.exact_amount,
        s.sign * (m.waived_amount + m.rebated_amount + m.offset_amount + m.net_amount),
        s.sign * m.waived_amount,
        s.sign * m.rebated_amount,
        s.sign * m.offset_amount,
        s.sign * m.net_amount
    from (
        select
            l.fee_id,
            e.event_number,
            round(sum(l.exact_amount) * p_transfer.fraction, 20) as exact_amount,
            fund._part(sum(l.waived_amount), p_transfer.fraction) as waived_amount,
            fund._part(sum(l.rebated_amount), p_transfer.fraction) as rebated_amount,
            fund._part(sum(l.offset_amount), p_transfer.fraction) as offset_amount,
            fund._part(sum(l.net_amount), p_transfer.fraction) as net_amount
        from fund.fee_line as l
        inner join fund.event as e on l.fund_id = e.fund_id and l.fee_id = e.event_id
        where l.fund_id = p_event.fund_id and l.investor_id = p_transfer.seller_id
        group by l.fee_id, e.event_number
        having sum(l.exact_amount) <> 0
    ) as m
    cross join lateral (
        values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
    ) as s (sign, investor_id);

    insert into fund.true_up_interest (
        fund_id, event_id, event_on, line_number, investor_id, subject_id, charged_for, principal,
        from_on, to_on, annual_rate, exact_amount, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by m.to_on, m.from_on, m.subject_id, m.annual_rate, s.sign),
        s.investor_id,
        m.subject_id,
        m.charged_for,
        s.sign * m.principal,
        m.from_on,
        m.to_on,
        m.annual_rate,
        s.sign * m.exact_amount,
        s.sign * m.amount
    from (
        select
            l.subject_id,
            l.charged_for,
            l.from_on,
            l.to_on,
            l.annual_rate,
            fund._part(sum(l.principal), p_transfer.fraction) as principal,
            round(sum(l.exact_amount) * p_transfer.fraction, 20) as exact_amount,
            fund._part(sum(l.amount), p_transfer.fraction) as amount
        from fund.true_up_interest as l
        where l.fund_id = p_event.fund_id and l.investor_id = p_transfer.seller_id
        group by l.subject_id, l.charged_for, l.from_on, l.to_on, l.annual_rate
        having sum(l.exact_amount) <> 0
    ) as m
    cross join lateral (
        values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
    ) as s (sign, investor_id);

    insert into fund.nav_line (
        fund_id, event_id, event_on, line_number, nav_id, investor_id, result_amount, nav_amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by m.event_number, s.sign),
        m.nav_id,
        s.investor_id,
        s.sign * m.result_amount,
        s.sign * m.nav_amount
    from (
        select
            l.nav_id,
            e.event_number,
            fund._part(sum(l.result_amount), p_transfer.fraction) as result_amount,
            fund._part(sum(l.nav_amount), p_transfer.fraction) as nav_amount
        from fund.nav_line as l
        inner join fund.event as e on l.fund_id = e.fund_id and l.nav_id = e.event_id
        where l.fund_id = p_event.fund_id and l.investor_id = p_transfer.seller_id
        group by l.nav_id, e.event_number
        having sum(l.result_amount) <> 0 or sum(l.nav_amount) <> 0
    ) as m
    cross join lateral (
        values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
    ) as s (sign, investor_id);
$$;

comment on function fund._transfer_results(fund.event, fund.transfer) is
'Writes what a transfer moves of management fees, interest of closes and results.';
