-- A payment that names a call pays something of it.
create or replace function fund._check_named_call(
    p_event fund.event
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_text text := p_event.request ->> 'call_id';
    v_call_id uuid;
    v_call fund.capital_call;
begin
    if v_text is null then
        return;
    elsif pg_catalog.pg_input_is_valid(v_text, 'uuid') then
        v_call_id := v_text;
    end if;
    select c.*
    into v_call
    from fund.capital_call as c
    where c.fund_id = p_event.fund_id and c.event_id = v_call_id;
    if not found then
        raise exception using
            errcode = 'QB400',
            constraint = 'call_unknown',
            column = 'call_id',
            message = 'The fund has no such call.',
            detail = left(v_text, 60),
            hint = 'Send the event_id of a capital call, or leave it out.';
    elsif p_event.event_on < v_call.notice_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'payment_not_before_call',
            column = 'received_on',
            message = 'The payment came before the call.',
            detail = format('Received %s, notice %s.', p_event.event_on, v_call.notice_on),
            hint = 'Leave call_id out: the money is then an advance.';
    elsif
        not exists (
            select
            from fund._open_calls(
                p_event.fund_id, fund._read_partner(p_event.fund_id, p_event.request)
            ) as o
            where o.call_id = v_call.event_id
        )
    then
        raise exception using
            errcode = 'QB409',
            constraint = 'call_is_open',
            column = 'call_id',
            message = 'The partner owes nothing of this call.',
            detail = format('Call %s.', v_call.call_number),
            hint = 'Leave call_id out: the money then goes where something is open.';
    end if;
end
$$;

comment on function fund._check_named_call(fund.event) is
'Refuses a call_id of which the partner owes nothing. Raises QB400 call_unknown, '
'payment_not_before_call, QB409 call_is_open, what fund._read_partner raises.';
