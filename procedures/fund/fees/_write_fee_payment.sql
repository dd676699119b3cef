-- Pays accrued fee to the manager: out of what is payable and of cash that is there, on the day and
-- on every later one.
create or replace function fund._write_fee_payment(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_amount numeric;
    v_payable record;
    v_cash record;
begin
    perform fund.check_fields(p_event.request, array['paid_on', 'amount']);
    v_amount := fund._read_amount(p_event.request, 'amount');

    select b.*
    into v_cash
    from fund._least_balance(p_event.fund_id, '1000', p_event.event_on, 1) as b;
    select b.*
    into v_payable
    from fund._least_balance(p_event.fund_id, '2200', p_event.event_on, -1) as b;
    if v_payable.balance < v_amount then
        raise exception using
            errcode = 'QB409',
            constraint = 'fee_payment_within_payable',
            column = 'amount',
            message = 'That much fee is not accrued and unpaid.',
            detail = format(
                '%s payable on %s, %s to pay.',
                v_payable.balance,
                v_payable.balance_on,
                v_amount
            ),
            hint = 'Pay less, or accrue the fee first.';
    elsif v_cash.balance < v_amount then
        raise exception using
            errcode = 'QB409',
            constraint = 'fee_payment_within_cash',
            column = 'amount',
            message = 'The fund has not that much cash.',
            detail = format(
                '%s of cash on %s, %s to pay.', v_cash.balance, v_cash.balance_on, v_amount
            ),
            hint = 'Pay less, or later, or record the receipts that are missing.';
    end if;

    insert into fund.fee_payment (fund_id, event_id, paid_on, amount)
    values (p_event.fund_id, p_event.event_id, p_event.event_on, v_amount);
    perform fund._post(
        p_event,
        'fee_payment',
        p_event.event_on,
        'Management fee paid',
        jsonb_build_array(
            jsonb_build_object('account', '2200', 'debit', v_amount),
            jsonb_build_object('account', '1000', 'credit', v_amount)
        )
    );
end
$$;

comment on function fund._write_fee_payment(fund.event) is
'Writes and posts a payment of management fee. Raises QB409 fee_payment_within_payable, '
'fee_payment_within_cash, the constraints of fund.fee_payment, and what fund.check_fields, '
'fund._read_amount and fund._post raise.';
