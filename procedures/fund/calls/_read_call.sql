-- The header of a call from what was asked.
create or replace function fund._read_call(
    p_event fund.event
)
returns fund.capital_call
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_call fund.capital_call;
begin
    perform fund.check_fields(
        p_event.request,
        array[
            'notice_on', 'due_on', 'capital_amount', 'fee_amount', 'fee_event_id', 'purpose',
            'excuses'
        ]
    );
    v_call.fund_id := p_event.fund_id;
    v_call.event_id := p_event.event_id;
    v_call.call_number := 1 + coalesce(
        (
            select max(c.call_number)
            from fund.capital_call as c
            where c.fund_id = p_event.fund_id
        ),
        0
    );
    v_call.notice_on := p_event.event_on;
    v_call.due_on := fund._read_day(p_event.request, 'due_on', p_event.event_on);
    v_call.capital_amount := fund._read_amount(p_event.request, 'capital_amount', 0);
    v_call.fee_amount := coalesce(
        fund._accrued_fee_to_call(p_event), fund._read_amount(p_event.request, 'fee_amount', 0)
    );
    v_call.purpose := p_event.request ->> 'purpose';

    if v_call.due_on < v_call.notice_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'call_due_after_notice',
            column = 'due_on',
            message = 'The call is due before its notice.',
            detail = format('Notice %s, due %s.', v_call.notice_on, v_call.due_on),
            hint = 'Send a due_on that is notice_on or later.';
    elsif v_call.capital_amount + v_call.fee_amount = 0 then
        raise exception using
            errcode = 'QB400',
            constraint = 'call_has_an_amount',
            column = 'capital_amount',
            message = 'The call asks for nothing.',
            hint = 'Send a capital_amount or a fee_amount above 0.';
    end if;
    return v_call;
end
$$;

comment on function fund._read_call(fund.event) is
'The row of fund.capital_call that p_event asks for. Raises QB400 unknown_field, required, '
'day_is_readable, amount_is_readable, amount_not_negative, amount_to_the_cent, amount_in_range, '
'call_due_after_notice, call_has_an_amount, what fund._accrued_fee_to_call raises.';
