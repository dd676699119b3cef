-- Takes an event back: its journal entries are reversed, and every row that it wrote for a partner
-- gets one with the other sign. What the event was stays readable.
create or replace function fund._write_reversal(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_event fund.event;
begin
    select e.*
    into v_event
    from fund.event as e
    where e.fund_id = p_event.fund_id and e.event_id = p_event.reverses_event_id;
    perform fund._check_reversal(v_event);
    perform fund._reverse_entries(p_event);

    insert into fund.commitment_line (
        fund_id, event_id, event_on, line_number, investor_id, amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.investor_id,
        -x.amount
    from fund.commitment_line as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;

    insert into fund.capital_call_line (
        fund_id, event_id, event_on, line_number, call_id, investor_id, reason, is_excused, weight,
        exact_amount, capital_amount, fee_amount, exact_fee_amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.call_id,
        x.investor_id,
        'reversal',
        x.is_excused,
        -x.weight,
        -x.exact_amount,
        -x.capital_amount,
        -x.fee_amount,
        -x.exact_fee_amount
    from fund.capital_call_line as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;

    insert into fund.payment_line (
        fund_id, event_id, event_on, line_number, investor_id, call_id, applied_to, reason, flow_on,
        amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.investor_id,
        x.call_id,
        x.applied_to,
        x.reason,
        coalesce(x.flow_on, x.event_on),
        -x.amount
    from fund.payment_line as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;

    insert into fund.late_interest (
        fund_id, event_id, event_on, line_number, investor_id, call_id, from_on, to_on, annual_rate,
        late_amount, exact_amount, amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.investor_id,
        x.call_id,
        x.from_on,
        x.to_on,
        x.annual_rate,
        -x.late_amount,
        -x.exact_amount,
        -x.amount
    from fund.late_interest as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;

    insert into fund.true_up_interest (
        fund_id, event_id, event_on, line_number, investor_id, subject_id, charged_for, from_on,
        to_on, annual_rate, principal, exact_amount, amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.investor_id,
        x.subject_id,
        x.charged_for,
        x.from_on,
        x.to_on,
        x.annual_rate,
        -x.principal,
        -x.exact_amount,
        -x.amount
    from fund.true_up_interest as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;

    insert into fund.fee_line (
        fund_id, event_id, event_on, line_number, fee_id, investor_id, exact_amount, gross_amount,
        waived_amount, rebated_amount, offset_amount, net_amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.fee_id,
        x.investor_id,
        -x.exact_amount,
        -x.gross_amount,
        -x.waived_amount,
        -x.rebated_amount,
        -x.offset_amount,
        -x.net_amount
    from fund.fee_line as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;

    insert into fund.distribution_line (
        fund_id, event_id, event_on, line_number, distribution_id, investor_id, reason, flow_on,
        weight, exact_amount, amount, recallable_amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.distribution_id,
        x.investor_id,
        'reversal',
        coalesce(x.flow_on, case when x.reason = 'rebalancing' then x.event_on end),
        -x.weight,
        -x.exact_amount,
        -x.amount,
        -x.recallable_amount
    from fund.distribution_line as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;

    insert into fund.nav_line (
        fund_id, event_id, event_on, line_number, nav_id, investor_id, result_amount, nav_amount
    )
    select
        x.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        x.nav_id,
        x.investor_id,
        -x.result_amount,
        -x.nav_amount
    from fund.nav_line as x
    where
        x.fund_id = v_event.fund_id
        and x.event_on = v_event.event_on
        and x.event_id = v_event.event_id;
end
$$;

comment on function fund._write_reversal(fund.event) is
'Writes the reversal of the event that p_event reverses. Raises what fund._check_reversal and '
'fund._reverse_entries raise.';
