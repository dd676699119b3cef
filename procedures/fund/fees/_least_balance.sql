-- What an account holds at least from a day on: on its evening, and after every later day that
-- something is posted to already.
create or replace function fund._least_balance(
    p_fund_id uuid,
    p_account_number text,
    p_from_on date,
    p_sign integer,
    out balance numeric,
    out balance_on date
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        b.balance,
        b.day
    from (
        select
            d.day,
            sum(sum(d.movement)) over (order by d.day) as balance
        from (
            select
                greatest(l.entry_on, p_from_on) as day,
                p_sign * (l.debit - l.credit) as movement
            from ledger.journal_line as l
            inner join fund.fund as f on l.fund_id = f.fund_id and l.currency = f.currency
            where l.fund_id = p_fund_id and l.account_number = p_account_number
            union all
            select p_from_on, 0
        ) as d
        group by d.day
    ) as b
    order by b.balance, b.day
    limit 1
$$;

comment on function fund._least_balance(uuid, text, date, integer) is
'Lowest balance, in the fund''s currency, of an account on p_from_on and all later days, and the '
'first day that has it: debit less credit with p_sign 1, credit less debit with -1.';
