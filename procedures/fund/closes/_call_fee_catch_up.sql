-- The management fee of the time before that new and raised commitments owe is called with the
-- close, as a call of its own, and paid at once: a contribution, within the commitment.
create or replace function fund._call_fee_catch_up(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    perform fund._catch_up_fee(p_event);

    insert into fund.capital_call (
        fund_id, event_id, call_number, notice_on, due_on, capital_amount, fee_amount, purpose
    )
    select
        p_event.fund_id,
        p_event.event_id,
        1 + (
            select coalesce(max(c.call_number), 0)
            from fund.capital_call as c
            where c.fund_id = p_event.fund_id
        ),
        p_event.event_on,
        p_event.event_on,
        0,
        r.net_amount,
        'Management fee, caught up'
    from fund.fee_run as r
    where r.fund_id = p_event.fund_id and r.event_id = p_event.event_id and r.net_amount > 0;
    if not found then
        return;
    end if;

    with
    line as (
        insert into fund.capital_call_line (
            fund_id, event_id, event_on, line_number, call_id, investor_id, reason, weight,
            exact_amount, capital_amount, fee_amount, exact_fee_amount
        )
        select
            p_event.fund_id,
            p_event.event_id,
            p_event.event_on,
            (
                select count(*)
                from fund.capital_call_line as l
                where
                    l.fund_id = p_event.fund_id
                    and l.event_on = p_event.event_on
                    and l.event_id = p_event.event_id
            ) + row_number() over (order by i.investor_code collate "C"),
            p_event.event_id,
            f.investor_id,
            'catch_up',
            0,
            0,
            0,
            f.net_amount,
            f.net_amount
        from fund.fee_line as f
        inner join fund.investor as i on f.investor_id = i.investor_id
        where
            f.fund_id = p_event.fund_id
            and f.event_on = p_event.event_on
            and f.event_id = p_event.event_id
            and f.net_amount > 0
        returning *
    )

    insert into fund.payment_line (
        fund_id, event_id, event_on, line_number, investor_id, call_id, applied_to, amount
    )
    select
        l.fund_id,
        l.event_id,
        l.event_on,
        (
            select count(*)
            from fund.payment_line as p
            where
                p.fund_id = p_event.fund_id
                and p.event_on = p_event.event_on
                and p.event_id = p_event.event_id
        ) + row_number() over (order by l.line_number),
        l.investor_id,
        l.call_id,
        'call',
        l.fee_amount
    from line as l;

    perform fund._post(
        p_event,
        'catch_up',
        p_event.event_on,
        'Management fee of the time before, paid by who joins now',
        (
            select
                jsonb_build_object('account', '1000', 'debit', sum(l.fee_amount))
                || jsonb_agg(
                    jsonb_build_object(
                        'account', '3000', 'partner_id', l.investor_id, 'credit', l.fee_amount
                    )
                    order by l.line_number
                )
            from fund.capital_call_line as l
            where
                l.fund_id = p_event.fund_id
                and l.event_on = p_event.event_on
                and l.event_id = p_event.event_id
                and l.call_id = p_event.event_id
        )
    );
    perform fund._charge_fee_interest(p_event);
end
$$;

comment on function fund._call_fee_catch_up(fund.event) is
'Writes the management fee that a close makes new and raised commitments catch up, its call and '
'its payment. Raises what fund._catch_up_fee, fund._charge_fee_interest and fund._post raise.';
