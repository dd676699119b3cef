-- The management fee that a call asks for when it names an accrual: what that left of each partner.
create or replace function fund._accrued_fee_to_call(
    p_event fund.event
)
returns numeric
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_text text := p_event.request ->> 'fee_event_id';
    v_fee_id uuid;
    v_amount numeric;
    v_number bigint;
begin
    if v_text is null then
        return null;
    elsif pg_catalog.pg_input_is_valid(v_text, 'uuid') then
        v_fee_id := v_text;
    end if;

    select sum(a.amount)
    into v_amount
    from fund._accrued_fees(p_event.fund_id, v_fee_id) as a;
    if coalesce(v_amount, 0) = 0 then
        raise exception using
            errcode = 'QB400',
            constraint = 'fee_accrual_unknown',
            column = 'fee_event_id',
            message = 'The fund has accrued no such fee, or it was taken back.',
            detail = left(v_text, 60),
            hint = 'Send the event_id of a management_fee event with an amount left to call.';
    elsif fund._read_amount(p_event.request, 'fee_amount', v_amount) <> v_amount then
        raise exception using
            errcode = 'QB400',
            constraint = 'fee_is_what_accrued',
            column = 'fee_amount',
            message = 'The fee to call is not what was accrued.',
            detail = format('%s was.', v_amount),
            hint = 'Leave fee_amount out.';
    end if;

    select e.event_number
    into v_number
    from fund.event as e
    where
        e.fund_id = p_event.fund_id
        and e.event_id <> p_event.event_id
        and (
            -- However the id was written.
            (e.kind = 'capital_call' and (e.request ->> 'fee_event_id')::uuid = v_fee_id)
            -- A close calls what it makes partners catch up itself.
            or (e.kind = 'close' and e.event_id = v_fee_id)
        )
        and not exists (
            select
            from fund.event as r
            where r.fund_id = e.fund_id and r.reverses_event_id = e.event_id
        );
    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'fee_accrual_is_called_once',
            column = 'fee_event_id',
            message = 'This fee was called already.',
            detail = format('Event %s.', v_number),
            hint = 'Reverse that call, or call another accrual.';
    end if;
    return v_amount;
end
$$;

comment on function fund._accrued_fee_to_call(fund.event) is
'Amount of the accrual that p_event names under fee_event_id; null for none. Raises QB400 '
'fee_accrual_unknown, fee_is_what_accrued, QB409 fee_accrual_is_called_once, what '
'fund._read_amount raises.';
