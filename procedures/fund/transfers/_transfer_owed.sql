-- Moves the buyer's part of what every call, and interest on late payments, asked of the seller.
create or replace function fund._transfer_owed(
    p_event fund.event,
    p_transfer fund.transfer
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into fund.capital_call_line (
        fund_id, event_id, event_on, line_number, call_id, investor_id, reason, weight,
        exact_amount, capital_amount, fee_amount, exact_fee_amount, is_excused
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by m.call_number, s.sign),
        m.call_id,
        s.investor_id,
        'transfer',
        s.sign * m.weight,
        s.sign * m.exact_amount,
        s.sign * m.capital_amount,
        s.sign * m.fee_amount,
        s.sign * m.exact_fee_amount,
        m.is_excused
    from (
        select
            l.call_id,
            c.call_number,
            sum(l.weight) * p_transfer.fraction as weight,
            round(sum(l.exact_amount) * p_transfer.fraction, 20) as exact_amount,
            fund._part(sum(l.capital_amount), p_transfer.fraction) as capital_amount,
            fund._part(sum(l.fee_amount), p_transfer.fraction) as fee_amount,
            round(sum(l.exact_fee_amount) * p_transfer.fraction, 20) as exact_fee_amount,
            sum(l.weight) = 0 and sum(fund.excuse_sign(l.is_excused, l.reason)) > 0
                as is_excused
        from fund.capital_call_line as l
        inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
        where
            l.fund_id = p_event.fund_id
            and l.investor_id = p_transfer.seller_id
            -- Of a call that was taken back there is nothing to move.
            and not exists (
                select
                from fund.event as r
                where r.fund_id = l.fund_id and r.reverses_event_id = l.call_id
            )
        group by l.call_id, c.call_number
    ) as m
    cross join lateral (
        values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
    ) as s (sign, investor_id);

    insert into fund.late_interest (
        fund_id, event_id, event_on, line_number, investor_id, call_id, late_amount, from_on, to_on,
        annual_rate, exact_amount, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by m.call_number, m.from_on, m.to_on, m.annual_rate, s.sign),
        s.investor_id,
        m.call_id,
        s.sign * m.late_amount,
        m.from_on,
        m.to_on,
        m.annual_rate,
        s.sign * m.exact_amount,
        s.sign * m.amount
    from (
        select
            l.call_id,
            c.call_number,
            l.from_on,
            l.to_on,
            l.annual_rate,
            fund._part(sum(l.late_amount), p_transfer.fraction) as late_amount,
            round(sum(l.exact_amount) * p_transfer.fraction, 20) as exact_amount,
            fund._part(sum(l.amount), p_transfer.fraction) as amount
        from fund.late_interest as l
        inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
        where l.fund_id = p_event.fund_id and l.investor_id = p_transfer.seller_id
        group by l.call_id, c.call_number, l.from_on, l.to_on, l.annual_rate
        having sum(l.exact_amount) <> 0
    ) as m
    cross join lateral (
        values (-1, p_transfer.seller_id), (1, p_transfer.buyer_id)
    ) as s (sign, investor_id);
$$;

comment on function fund._transfer_owed(fund.event, fund.transfer) is
'Writes what a transfer moves of calls and late interest.';
