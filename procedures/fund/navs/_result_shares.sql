-- Whose the result of a fund is, since it began: fees are each partner's own, as they were accrued;
-- everything else is shared by commitment. It is shared anew each time by the commitments of the
-- day, all of it: partners of a later close have their part of what came before as if they had been
-- there, and only the difference to what was allocated before is booked.
--
-- A close (p_close_id) shares what was allocated by its day, and takes only the fee that it brings
-- on top: results since the last net asset value are for the next one to allocate, whether that is
-- struck for a day before the close or after it.
create or replace function fund._result_shares(
    p_fund_id uuid,
    p_day date,
    p_close_id uuid default null
)
returns table (
    investor_id uuid,
    weight numeric,
    fee_amount numeric,
    result_amount numeric,
    allocated_amount numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    last_nav as materialized (
        select
            n.as_of,
            e.event_number
        from fund.nav as n
        inner join fund.event as e on n.fund_id = e.fund_id and n.event_id = e.event_id
        where
            n.fund_id = p_fund_id
            and n.as_of <= p_day
            and not exists (
                select
                from fund.event as r
                where r.fund_id = n.fund_id and r.reverses_event_id = n.event_id
            )
        order by n.as_of desc, e.event_number desc
        limit 1
    ),

    -- Fees in what is shared: for a close, those that net asset values and closes allocated.
    fee as materialized (
        select r.event_id
        from fund.fee_run as r
        inner join fund.event as e on r.fund_id = e.fund_id and r.event_id = e.event_id
        where
            r.fund_id = p_fund_id
            and (
                p_close_id is null
                or r.run_kind = 'catch_up'
                or exists (
                    select
                    from last_nav as n
                    where e.event_on <= n.as_of and e.event_number < n.event_number
                )
            )
    ),

    partners as materialized (
        select
            i.investor_id,
            i.investor_code,
            coalesce(c.amount, 0) as weight,
            coalesce(e.amount, 0) as fee_amount,
            coalesce(n.amount, 0) as allocated_amount
        from fund.commitment as p
        inner join fund.investor as i on p.investor_id = i.investor_id
        left join (
            select l.investor_id, sum(l.amount) as amount
            from fund.commitment_line as l
            where l.fund_id = p_fund_id and l.event_on <= p_day
            group by l.investor_id
        ) as c on i.investor_id = c.investor_id
        left join (
            select l.investor_id, sum(l.net_amount) as amount
            from fund.fee_line as l
            where
                l.fund_id = p_fund_id
                and l.event_on <= p_day
                and l.fee_id in (select f.event_id from fee as f)
            group by l.investor_id
        ) as e on i.investor_id = e.investor_id
        left join (
            select l.investor_id, sum(l.result_amount) as amount
            from fund.nav_line as l
            where l.fund_id = p_fund_id and l.event_on <= p_day
            group by l.investor_id
        ) as n on i.investor_id = n.investor_id
        where p.fund_id = p_fund_id
    ),

    -- What belongs to nobody yet, and what was allocated: the result since the books began.
    result as (
        select coalesce(sum(c.amount), 0) as unallocated_amount
        from ledger.partners_capital(p_fund_id, p_day) as c
        inner join fund.fund as f on f.fund_id = p_fund_id and c.currency = f.currency
        where c.partner_id is null
        having p_close_id is null
        union all
        select -coalesce(sum(l.net_amount), 0)
        from fund.fee_line as l
        where
            l.fund_id = p_fund_id
            and l.event_on = p_day
            and l.event_id = p_close_id
        having p_close_id is not null
    ),

    shares as materialized (
        select
            a.key,
            a.amount
        from (
            select
                sum(p.allocated_amount + p.fee_amount) as amount,
                array_agg(p.investor_code) as keys,
                array_agg(p.weight) as weights
            from partners as p
        ) as x
        cross join result as r
        cross join lateral fund.allocate(
            r.unallocated_amount + coalesce(x.amount, 0), x.keys, x.weights
        ) as a
    )

    select
        p.investor_id,
        p.weight,
        p.fee_amount,
        s.amount - p.fee_amount,
        p.allocated_amount
    from partners as p
    inner join shares as s on p.investor_code = s.key
$$;

comment on function fund._result_shares(uuid, date, uuid) is
'One row per partner: its commitment, net fees and part of the result since the books began, up to '
'p_day, and what of it was allocated. The parts add up to the result to the cent; for a close '
'(p_close_id) to what was allocated by then, less the fee that it brings. Raises QB409 '
'allocation_has_a_share.';
