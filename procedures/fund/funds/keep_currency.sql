-- Amounts of events carry no currency of their own: they are in the fund's. Once there are any, it
-- stays; so it does while something stands in it in the books, such as an opening balance, which
-- cash and net asset value would otherwise leave out.
create or replace function fund.keep_currency()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- Who is recording the first event at this moment is waited for.
    perform ledger.hold_book(old.fund_id);
    if
        exists (select from fund.event as e where e.fund_id = old.fund_id)
        or exists (
            select
            from ledger.period_balance as b
            where b.fund_id = old.fund_id and b.currency = old.currency
            group by b.account_number, b.partner_id
            having sum(b.debit) <> sum(b.credit)
        )
    then
        raise exception using
            errcode = 'QB409',
            constraint = 'fund_keeps_its_currency',
            column = 'currency',
            message = 'The currency of a fund stays once something is recorded in it.',
            detail = old.currency,
            hint = 'Create another fund for another currency.';
    end if;
    return new;
end
$$;

comment on function fund.keep_currency() is
'Trigger _300_keep_currency on fund.fund. Raises QB409 fund_keeps_its_currency.';
