-- What partners had paid in advance by the notice of a call pays their parts of it at once.
create or replace function fund._use_advances(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_lines jsonb;
begin
    with
    used as (
        select
            l.investor_id,
            l.line_number,
            least(l.capital_amount + l.fee_amount, a.amount) as amount
        from fund.capital_call_line as l
        inner join (
            select
                p.investor_id,
                -- Both what was there then and what nothing later has used.
                least(
                    coalesce(sum(p.amount) filter (where p.event_on <= p_event.event_on), 0),
                    sum(p.amount)
                ) as amount
            from fund.payment_line as p
            where p.fund_id = p_event.fund_id and p.applied_to = 'advance'
            group by p.investor_id
        ) as a on l.investor_id = a.investor_id
        where
            l.fund_id = p_event.fund_id
            and l.event_on = p_event.event_on
            and l.event_id = p_event.event_id
            and l.capital_amount + l.fee_amount > 0
            and a.amount > 0
    ),

    written as (
        insert into fund.payment_line (
            fund_id, event_id, event_on, line_number, investor_id, call_id, applied_to, flow_on,
            amount
        )
        select
            p_event.fund_id,
            p_event.event_id,
            p_event.event_on,
            row_number() over (order by u.line_number, s.sign),
            u.investor_id,
            case when s.sign = 1 then p_event.event_id end,
            case when s.sign = 1 then 'call' else 'advance' end,
            case
                when s.sign = 1 then fund._contribution_day(p_event.fund_id, p_event.event_id)
            end,
            s.sign * u.amount
        from used as u
        cross join (values (-1), (1)) as s (sign)
        returning *
    )

    select
        jsonb_agg(
            jsonb_build_object(
                'account', case when w.applied_to = 'call' then '1100' else '2000' end,
                'partner_id', w.investor_id,
                'credit', w.amount
            )
            order by w.line_number
        )
    into v_lines
    from written as w;
    perform fund._post(
        p_event, 'cash_receipt', p_event.event_on, 'Advances used for the call', v_lines
    );
end
$$;

comment on function fund._use_advances(fund.event) is
'Writes and posts the advances that the call of p_event uses. Raises what fund._post raises.';
