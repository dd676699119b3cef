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
    -- Of each call: the leg, and what is open of it now. No join: nothing is known of how many
    -- rows a close has just written.
    leg as (
        select
            x.call_id,
            x.investor_id,
            sum(x.moved) as amount,
            sum(x.still_open) as still_open
        from (
            select
                l.call_id,
                l.investor_id,
                case when l.event_id = p_event.event_id then l.capital_amount else 0 end as moved,
                l.capital_amount + l.fee_amount as still_open
            from fund.capital_call_line as l
            where l.fund_id = p_event.fund_id
            union all
            select l.call_id, l.investor_id, 0, -l.amount
            from fund.payment_line as l
            where l.fund_id = p_event.fund_id and l.applied_to = 'call'
        ) as x
        group by x.call_id, x.investor_id
        having sum(x.moved) <> 0
    ),

    settlement as (
        select
            l.call_id,
            l.investor_id,
            case
                when l.amount > 0 then l.amount
                else -greatest(-l.amount - greatest(l.still_open - l.amount, 0), 0)
            end as amount
        from leg as l
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
