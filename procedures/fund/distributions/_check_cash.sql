-- A distribution is paid out of cash that is there: on the day it is paid, and on every later day
-- that something is posted to already.
create or replace function fund._check_cash(
    p_fund_id uuid,
    p_paid_on date,
    p_amount numeric
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_low record;
begin
    with
    days as (
        select
            greatest(l.entry_on, p_paid_on) as day,
            sum(l.debit - l.credit) as movement
        from ledger.journal_line as l
        inner join fund.fund as f on l.fund_id = f.fund_id and l.currency = f.currency
        where l.fund_id = p_fund_id and l.account_number = '1000'
        group by greatest(l.entry_on, p_paid_on)
    ),

    balances as (
        select
            d.day,
            sum(d.movement) over (order by d.day) as cash
        from days as d
        union all
        select p_paid_on, 0
        where not exists (select from days as d where d.day = p_paid_on)
    )

    select b.day, b.cash
    into v_low
    from balances as b
    order by b.cash, b.day
    limit 1;

    if v_low.cash < p_amount then
        raise exception using
            errcode = 'QB409',
            constraint = 'distribution_within_cash',
            column = 'amount',
            message = 'The fund has not that much cash.',
            detail = format('%s of cash on %s, %s to pay.', v_low.cash, v_low.day, p_amount),
            hint = 'Distribute less, or later, or record the receipts that are missing.';
    end if;
end
$$;

comment on function fund._check_cash(uuid, date, numeric) is
'Refuses p_amount above the balance of account 1000 on p_paid_on or any later day posted to. '
'Raises QB409 distribution_within_cash.';
