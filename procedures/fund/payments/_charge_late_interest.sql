-- What this payment was late with costs interest from the due date to the day of receipt, simple,
-- at the rate and in the days of the terms of that day. Returns what interest is then open.
create or replace function fund._charge_late_interest(
    p_event fund.event,
    p_investor_id uuid,
    p_advance numeric
)
returns numeric
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_terms fund.terms := fund._terms_on(p_event.fund_id, p_event.event_on);
    v_charged numeric;
begin
    with
    late as (
        select
            l.line_number,
            l.call_id,
            c.due_on,
            -- The advance was there in time.
            l.amount - greatest(
                least(l.amount, p_advance - l.paid_before), 0
            ) as late_amount
        from (
            select
                x.line_number,
                x.call_id,
                x.amount,
                sum(x.amount) over (order by x.line_number rows unbounded preceding)
                - x.amount as paid_before
            from fund.payment_line as x
            where
                x.fund_id = p_event.fund_id
                and x.event_on = p_event.event_on
                and x.event_id = p_event.event_id
                and x.applied_to = 'call'
        ) as l
        inner join fund.capital_call as c on l.call_id = c.event_id
        where
            c.fund_id = p_event.fund_id
            and p_event.event_on > c.due_on + v_terms.late_grace_days
    ),

    charge as (
        select
            l.*,
            round(
                l.late_amount * v_terms.late_interest_rate
                * fund.year_fraction(
                    l.due_on, p_event.event_on, v_terms.late_interest_day_count
                ),
                20
            ) as exact_amount
        from late as l
    ),

    written as (
        insert into fund.late_interest (
            fund_id, event_id, event_on, line_number, investor_id, call_id, late_amount, from_on,
            to_on, annual_rate, exact_amount, amount
        )
        select
            p_event.fund_id,
            p_event.event_id,
            p_event.event_on,
            c.line_number,
            p_investor_id,
            c.call_id,
            c.late_amount,
            c.due_on,
            p_event.event_on,
            v_terms.late_interest_rate,
            c.exact_amount,
            round(c.exact_amount, 2)
        from charge as c
        where round(c.exact_amount, 2) > 0
        returning amount
    )

    select sum(w.amount)
    into v_charged
    from written as w;

    perform fund._post(
        p_event,
        'late_interest',
        p_event.event_on,
        'Interest on a late payment',
        jsonb_build_array(
            jsonb_build_object('account', '1120', 'partner_id', p_investor_id, 'debit', v_charged),
            jsonb_build_object('account', '4300', 'credit', v_charged)
        )
    );
    return (
        select coalesce(sum(i.amount), 0)
        from fund.late_interest as i
        where i.fund_id = p_event.fund_id and i.investor_id = p_investor_id
    ) - (
        select coalesce(sum(l.amount), 0)
        from fund.payment_line as l
        where
            l.fund_id = p_event.fund_id
            and l.investor_id = p_investor_id
            and l.applied_to = 'late_interest'
    );
end
$$;

comment on function fund._charge_late_interest(fund.event, uuid, numeric) is
'Writes and posts the late interest of the payment p_event, of which p_advance had been there; '
'returns what the partner owes of all such interest. Raises QB409 terms_cover_the_day, what '
'fund._post raises.';
