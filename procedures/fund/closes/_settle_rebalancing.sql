-- The legs become money on the day of the close. Who owes more of a call pays it at once. Who owes
-- less owes so much less of what it has not paid yet, and gets back the rest.
create or replace function fund._settle_rebalancing(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    with
    leg as (
        select
            l.call_id,
            l.investor_id,
            l.capital_amount as amount
        from fund.capital_call_line as l
        where
            l.fund_id = p_event.fund_id
            and l.event_on = p_event.event_on
            and l.event_id = p_event.event_id
            and l.capital_amount <> 0
    ),

    settlement as (
        select
            l.call_id,
            l.investor_id,
            case
                when l.amount > 0 then l.amount
                else -greatest(-l.amount - greatest(s.owed - s.paid - l.amount, 0), 0)
            end as amount
        from leg as l
        cross join lateral (
            select
                (
                    select sum(x.capital_amount + x.fee_amount)
                    from fund.capital_call_line as x
                    where
                        x.fund_id = p_event.fund_id
                        and x.call_id = l.call_id
                        and x.investor_id = l.investor_id
                ) as owed,
                (
                    select coalesce(sum(x.amount), 0)
                    from fund.payment_line as x
                    where
                        x.fund_id = p_event.fund_id
                        and x.call_id = l.call_id
                        and x.investor_id = l.investor_id
                ) as paid
        ) as s
    )

    insert into fund.payment_line (
        fund_id, event_id, event_on, line_number, investor_id, call_id, applied_to, reason, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by c.call_number, i.investor_code collate "C"),
        s.investor_id,
        s.call_id,
        'call',
        'rebalancing',
        s.amount
    from settlement as s
    inner join fund.capital_call as c
        on c.fund_id = p_event.fund_id and s.call_id = c.event_id
    inner join fund.investor as i on s.investor_id = i.investor_id
    where s.amount <> 0;
end
$$;

comment on function fund._settle_rebalancing(fund.event) is
'Writes what the legs of a close in earlier calls bring in and pay out.';
