-- What a partner still owes of each call.
create or replace function fund._open_calls(
    p_fund_id uuid,
    p_investor_id uuid
)
returns table (
    call_id uuid,
    call_number integer,
    notice_on date,
    due_on date,
    capital_amount numeric,
    fee_amount numeric,
    open_amount numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        c.event_id,
        c.call_number,
        c.notice_on,
        c.due_on,
        l.capital_amount,
        l.fee_amount,
        l.capital_amount + l.fee_amount - coalesce(p.amount, 0)
    from (
        select
            x.call_id,
            sum(x.capital_amount) as capital_amount,
            sum(x.fee_amount) as fee_amount
        from fund.capital_call_line as x
        where x.fund_id = p_fund_id and x.investor_id = p_investor_id
        group by x.call_id
    ) as l
    inner join fund.capital_call as c on l.call_id = c.event_id
    left join (
        select
            x.call_id,
            sum(x.amount) as amount
        from fund.payment_line as x
        where
            x.fund_id = p_fund_id
            and x.investor_id = p_investor_id
            and x.applied_to = 'call'
        group by x.call_id
    ) as p on l.call_id = p.call_id
    where c.fund_id = p_fund_id and l.capital_amount + l.fee_amount > coalesce(p.amount, 0)
$$;

comment on function fund._open_calls(uuid, uuid) is
'One row per call of which the partner owes something: what stands as called of it, and what of '
'that is open.';
