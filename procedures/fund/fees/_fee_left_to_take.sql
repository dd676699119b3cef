-- What adjustments of the fee have left, the accruals that stand having used the rest: those that
-- concern some days, in the order in which they are used. Waivers first, then rebates, both as they
-- were recorded; offsets of these days and of any before, by day.
create or replace function fund._fee_left_to_take(
    p_fund_id uuid,
    p_from_on date,
    p_to_on date
)
returns table (
    adjustment_id uuid,
    kind text,
    investor_id uuid,
    from_on date,
    to_on date,
    share numeric,
    amount numeric,
    place bigint
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        a.event_id,
        a.kind,
        a.investor_id,
        a.from_on,
        a.to_on,
        a.share,
        coalesce(a.credited_amount, a.amount) - coalesce(u.amount, 0),
        row_number() over (
            order by
                array_position(array['waiver', 'rebate', 'offset'], a.kind),
                case when a.kind = 'offset' then a.from_on end,
                e.event_number
        )
    from fund.fee_adjustment as a
    inner join fund.event as e on a.fund_id = e.fund_id and a.event_id = e.event_id
    cross join lateral (
        select sum(x.amount) as amount
        from fund.fee_reduction as x
        where
            x.fund_id = a.fund_id
            and x.adjustment_id = a.event_id
            and not exists (
                select
                from fund.event as r
                where r.fund_id = x.fund_id and r.reverses_event_id = x.event_id
            )
    ) as u
    where
        a.fund_id = p_fund_id
        and a.from_on < p_to_on
        and (a.kind = 'offset' or a.to_on is null or a.to_on > p_from_on)
        and not exists (
            select
            from fund.event as r
            where r.fund_id = a.fund_id and r.reverses_event_id = a.event_id
        )
$$;

comment on function fund._fee_left_to_take(uuid, date, date) is
'One row per adjustment that stands and concerns days from p_from_on to p_to_on, which is not '
'counted: its share, or what is left of its amount.';
