-- Records money that came in: for calls, then for late interest, then in advance; and what it costs
-- to have paid late. Money that was there in advance goes first and is not late. A call that is
-- noticed later is none yet.
create or replace function fund._write_payment(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_investor_id uuid;
    v_amount numeric;
    v_advance numeric;
    v_for_calls numeric;
    v_interest_open numeric;
    v_interest numeric;
    v_memo text := p_event.request ->> 'memo';
begin
    perform fund.check_fields(
        p_event.request, array['investor', 'received_on', 'amount', 'call_id', 'memo']
    );
    v_investor_id := fund._read_partner(p_event.fund_id, p_event.request);
    v_amount := fund._read_amount(p_event.request, 'amount');
    if v_amount = 0 then
        raise exception using
            errcode = 'QB400',
            constraint = 'payment_has_an_amount',
            column = 'amount',
            message = 'Nothing was paid.',
            hint = 'Send an amount above 0.';
    end if;
    perform fund._check_named_call(p_event);
    insert into fund.payment (fund_id, event_id, investor_id, received_on, amount, memo)
    values (
        p_event.fund_id, p_event.event_id, v_investor_id, p_event.event_on, v_amount, v_memo
    );

    v_advance := fund._advance_on(p_event.fund_id, v_investor_id, p_event.event_on);
    v_for_calls := fund._apply_to_calls(p_event, v_investor_id, v_amount, v_advance);
    v_interest_open := fund._charge_late_interest(p_event, v_investor_id, v_advance);
    v_interest := least(v_interest_open, v_advance + v_amount - v_for_calls);

    insert into fund.payment_line (
        fund_id, event_id, event_on, line_number, investor_id, applied_to, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number + (
            select count(*)
            from fund.payment_line as l
            where
                l.fund_id = p_event.fund_id
                and l.event_on = p_event.event_on
                and l.event_id = p_event.event_id
        ),
        v_investor_id,
        x.applied_to,
        x.amount
    from (
        values (1, 'late_interest', v_interest), (2, 'advance', v_amount - v_for_calls - v_interest)
    ) as x (line_number, applied_to, amount)
    where x.amount <> 0;

    perform fund._post(
        p_event,
        'cash_receipt',
        p_event.event_on,
        coalesce(nullif(btrim(v_memo), ''), 'Payment of a partner'),
        jsonb_build_array(
            jsonb_build_object('account', '1000', 'debit', v_amount),
            jsonb_build_object(
                'account', '1100', 'partner_id', v_investor_id, 'credit', v_for_calls
            ),
            jsonb_build_object(
                'account', '1120', 'partner_id', v_investor_id, 'credit', v_interest
            ),
            jsonb_build_object(
                'account', '2000', 'partner_id', v_investor_id,
                'credit', v_amount - v_for_calls - v_interest
            )
        )
    );
end
$$;

comment on function fund._write_payment(fund.event) is
'Writes the payment that p_event records. Raises QB400 payment_has_an_amount, what '
'fund.check_fields, fund._read_partner, fund._read_amount, fund._check_named_call, '
'fund._charge_late_interest and fund._post raise.';
