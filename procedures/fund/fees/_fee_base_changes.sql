-- Every change of what a management fee is asked on, so that a base on a day is the sum of the
-- changes up to it. What a close brings is an admission: it counts from the close, or, as if
-- everybody had been there from the first, from the first close on (a call's part then from the
-- call's due date). A reversal's rows are of the kind that they take back.
create or replace function fund._fee_base_changes(
    p_fund_id uuid,
    p_as_if_from_first_close boolean
)
returns table (
    fee_base text,
    investor_id uuid,
    event_id uuid,
    counted_on date,
    is_admission boolean,
    amount numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    event as (
        select
            e.event_id,
            coalesce(o.kind, e.kind) = 'close' as is_close
        from fund.event as e
        left join fund.event as o
            on e.fund_id = o.fund_id and e.reverses_event_id = o.event_id
        where e.fund_id = p_fund_id
    )

    select
        'committed',
        l.investor_id,
        l.event_id,
        case
            when e.is_close and p_as_if_from_first_close then fund._first_close_on(p_fund_id)
            else l.event_on
        end,
        e.is_close,
        l.amount
    from fund.commitment_line as l
    inner join event as e on l.event_id = e.event_id
    where l.fund_id = p_fund_id
    union all
    select
        'contributed',
        l.investor_id,
        l.event_id,
        case
            when e.is_close and p_as_if_from_first_close then c.due_on
            else greatest(l.event_on, c.due_on)
        end,
        e.is_close,
        l.capital_amount + l.fee_amount
    from fund.capital_call_line as l
    inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
    inner join event as e on l.event_id = e.event_id
    where l.fund_id = p_fund_id
    union all
    -- A net asset value holds until the next one.
    select
        'nav',
        l.investor_id,
        l.event_id,
        v.counted_on,
        false,
        v.sign * l.nav_amount
    from (
        select
            n.event_id,
            n.as_of,
            lead(n.as_of) over (order by n.as_of, e.event_number) as next_on
        from fund.nav as n
        inner join fund.event as e on n.fund_id = e.fund_id and n.event_id = e.event_id
        where
            n.fund_id = p_fund_id
            and not exists (
                select
                from fund.event as r
                where r.fund_id = n.fund_id and r.reverses_event_id = n.event_id
            )
    ) as n
    inner join fund.nav_line as l on l.fund_id = p_fund_id and n.event_id = l.nav_id
    cross join lateral (
        values (greatest(n.as_of, l.event_on), 1), (greatest(n.next_on, l.event_on), -1)
    ) as v (counted_on, sign)
    where v.sign = 1 or n.next_on is not null
    union all
    -- At cost, of all partners: what is sold or written off is gone.
    select
        'cost',
        null,
        null,
        l.entry_on,
        false,
        sum(l.debit - l.credit)
    from ledger.journal_line as l
    inner join fund.fund as f on l.fund_id = f.fund_id and l.currency = f.currency
    where l.fund_id = p_fund_id and l.account_number = '1200'
    group by l.entry_on
$$;

comment on function fund._fee_base_changes(uuid, boolean) is
'One row per change of the fee base committed, contributed or nav of a partner, and of cost, '
'account 1200 of all partners (investor_id null): the day from which it counts, whether a close '
'brought it, and by how much, in the fund''s currency.';
