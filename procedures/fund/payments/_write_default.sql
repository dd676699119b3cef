-- Declares a default: what is open of the partner's calls is taken back. What the partner did pay
-- of a call counts for its fee first. Exact shares go with the amounts, so that what rounding owes
-- to others stays as it is.
create or replace function fund._write_default(
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
    v_due_on date;
begin
    perform fund.check_fields(p_event.request, array['investor', 'declared_on', 'memo']);
    v_investor_id := fund._read_partner(p_event.fund_id, p_event.request);
    select min(o.due_on)
    into v_due_on
    from fund._open_calls(p_event.fund_id, v_investor_id) as o;
    if
        v_investor_id in (
            select d.investor_id
            from fund._partners_in_default(p_event.fund_id) as d
        )
    then
        raise exception using
            errcode = 'QB409',
            constraint = 'partner_defaults_once',
            column = 'investor',
            message = 'The partner is in default already.',
            hint = 'Nothing more is called of it.';
    elsif v_due_on is null or v_due_on >= p_event.event_on then
        raise exception using
            errcode = 'QB409',
            constraint = 'default_after_due_date',
            column = 'declared_on',
            message = 'The partner has paid everything that was due by then.',
            detail = coalesce('The next is due on ' || v_due_on || '.', 'No call is open.'),
            hint = 'Declare it after the due date of a call that it did not pay.';
    end if;

    insert into fund.partner_default (fund_id, event_id, investor_id, declared_on, memo)
    values (
        p_event.fund_id,
        p_event.event_id,
        v_investor_id,
        p_event.event_on,
        p_event.request ->> 'memo'
    );

    insert into fund.capital_call_line (
        fund_id, event_id, event_on, line_number, call_id, investor_id, reason, weight,
        exact_amount, capital_amount, exact_fee_amount, fee_amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by o.call_number),
        o.call_id,
        v_investor_id,
        'default',
        0,
        -least(o.open_amount, o.capital_amount),
        -least(o.open_amount, o.capital_amount),
        -(o.open_amount - least(o.open_amount, o.capital_amount)),
        -(o.open_amount - least(o.open_amount, o.capital_amount))
    from fund._open_calls(p_event.fund_id, v_investor_id) as o;

    perform fund._post(
        p_event,
        'default',
        p_event.event_on,
        coalesce(nullif(btrim(p_event.request ->> 'memo'), ''), 'Default of a partner'),
        (
            select
                jsonb_agg(
                    jsonb_build_object(
                        'account', a.account, 'partner_id', l.investor_id,
                        a.side, -l.capital_amount - l.fee_amount
                    )
                    order by l.line_number, a.account desc
                )
            from fund.capital_call_line as l
            cross join (values ('3000', 'debit'), ('1100', 'credit')) as a (account, side)
            where
                l.fund_id = p_event.fund_id
                and l.event_on = p_event.event_on
                and l.event_id = p_event.event_id
        )
    );
end
$$;

comment on function fund._write_default(fund.event) is
'Writes the default that p_event declares. Raises QB409 partner_defaults_once, '
'default_after_due_date, what fund.check_fields, fund._read_partner and fund._post raise.';
