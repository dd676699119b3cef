-- Issues a capital call: the parts of all partners, what they mean to the books, and what partners
-- had paid in advance.
create or replace function fund._write_capital_call(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_call fund.capital_call := fund._read_call(p_event);
begin
    insert into fund.capital_call (
        fund_id, event_id, call_number, notice_on, due_on, capital_amount, fee_amount, purpose
    )
    values (
        v_call.fund_id, v_call.event_id, v_call.call_number, v_call.notice_on, v_call.due_on,
        v_call.capital_amount, v_call.fee_amount, v_call.purpose
    );
    perform fund._share_call(p_event, v_call);

    perform fund._post(
        p_event,
        'capital_call',
        v_call.notice_on,
        format('Capital call %s', v_call.call_number),
        (
            select
                jsonb_agg(
                    jsonb_build_object(
                        'account', a.account, 'partner_id', l.investor_id,
                        a.side, l.capital_amount + l.fee_amount
                    )
                    order by a.account, l.line_number
                )
            from fund.capital_call_line as l
            cross join (values ('1100', 'debit'), ('3000', 'credit')) as a (account, side)
            where
                l.fund_id = p_event.fund_id
                and l.event_on = p_event.event_on
                and l.event_id = p_event.event_id
        )
    );
    perform fund._use_advances(p_event);
end
$$;

comment on function fund._write_capital_call(fund.event) is
'Writes the capital call that p_event asks for. Raises what fund._read_call, fund._share_call '
'and fund._post raise.';
