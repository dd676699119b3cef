-- Amounts of events carry no currency of their own: they are in the fund's. Once there are any, it
-- stays.
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
    if exists (select from fund.event as e where e.fund_id = old.fund_id) then
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
