-- What every partner of a fund committed, paid, got and has on the evening of a day, from the rows
-- that events wrote: the amounts that every measure is made of. The result is that of the last net
-- asset value; contributions and distributions since then are counted, as is the custom, so that
-- capital is never stale by money that is known to have moved.
create or replace function fund.partner_balances(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (
    investor_id uuid,
    commitment_amount numeric,
    called_amount numeric,
    paid_in_amount numeric,
    receivable_amount numeric,
    distributed_amount numeric,
    payable_amount numeric,
    recallable_amount numeric,
    again_callable_amount numeric,
    unfunded_amount numeric,
    result_amount numeric,
    nav_amount numeric,
    residual_amount numeric
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_as_of date := coalesce(p_as_of, ops.today());
    v_contra boolean := fund.is_receivable_in_equity(p_fund_id);
begin
    return query
    with
    committed as (
        select l.investor_id, sum(l.amount) as amount
        from fund.commitment_line as l
        where l.fund_id = p_fund_id and l.event_on <= v_as_of
        group by l.investor_id
    ),

    called as (
        select l.investor_id, sum(l.capital_amount + l.fee_amount) as amount
        from fund.capital_call_line as l
        where l.fund_id = p_fund_id and l.event_on <= v_as_of
        group by l.investor_id
    ),

    flow as (
        select
            f.investor_id,
            sum(f.paid_in_amount) as paid_in,
            sum(f.distributed_amount) as declared,
            sum(f.distributed_amount) filter (where f.flow_on <= v_as_of) as distributed,
            -- Recallable distributions that are declared, and not paid yet.
            sum(f.recallable_amount) filter (where f.flow_on > v_as_of) as recallable_later
        from fund.cash_flow as f
        where f.fund_id = p_fund_id and f.event_on <= v_as_of
        group by f.investor_id
    ),

    result as (
        select l.investor_id, sum(l.result_amount) as amount
        from fund.nav_line as l
        where l.fund_id = p_fund_id and l.event_on <= v_as_of
        group by l.investor_id
    ),

    recalled as (
        select r.investor_id, sum(r.amount) as amount
        from fund.recalled(p_fund_id, v_as_of) as r
        group by r.investor_id
    ),

    balance as (
        select
            c.investor_id,
            coalesce(m.amount, 0) as committed,
            coalesce(k.amount, 0) as called,
            coalesce(f.paid_in, 0) as paid_in,
            coalesce(f.declared, 0) as declared,
            coalesce(f.distributed, 0) as distributed,
            coalesce(f.recallable_later, 0) as recallable_later,
            coalesce(u.unfunded_amount, 0) as unfunded,
            coalesce(r.amount, 0) as result,
            coalesce(a.amount, 0) as recalled
        from fund.commitment as c
        left join committed as m on c.investor_id = m.investor_id
        left join called as k on c.investor_id = k.investor_id
        left join flow as f on c.investor_id = f.investor_id
        left join result as r on c.investor_id = r.investor_id
        left join recalled as a on c.investor_id = a.investor_id
        left join fund.unfunded(p_fund_id, v_as_of) as u on c.investor_id = u.investor_id
        where c.fund_id = p_fund_id
    )

    select
        b.investor_id,
        b.committed,
        b.called,
        b.paid_in,
        b.called - b.paid_in,
        b.distributed,
        b.declared - b.distributed,
        -- Unfunded is committed − called + recallable, as far as that did not lapse unused.
        b.unfunded - b.committed + b.called - b.recalled,
        b.unfunded - b.committed + b.called - b.recallable_later,
        b.unfunded,
        b.result,
        b.called - b.declared + b.result - case when v_contra then b.called - b.paid_in else 0 end,
        b.paid_in - b.distributed + b.result
    from balance as b;
end
$$;

comment on function fund.partner_balances(uuid, date) is
'One row per partner of the fund on the evening of p_as_of (null: today), in its currency to the '
'cent. called and paid_in: capital and fees; receivable: called and not paid; distributed: paid '
'out; payable: declared and not paid; recallable: distributed and still to be called again; '
'again_callable: distributed as recallable, called again or not, without what lapsed unused; '
'unfunded: what can still be called; result: allocated with net asset values; nav: the capital '
'account, as the books show it: the last net asset value and what was called and distributed '
'since; residual: the capital account without receivable and payable, which is the value '
'that belongs to paid_in and distributed.';
grant execute on function fund.partner_balances(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
