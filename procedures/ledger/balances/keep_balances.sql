-- Adds new lines to the kept balances of their periods, all lines of a statement at once. Their
-- books are locked: nobody else changes these rows. By period and not by day, for a partner has few
-- lines a day: kept by day there would be as many balances as lines.
create or replace function ledger.keep_balances()
returns trigger
language plpgsql
volatile
-- Definer: kept balances are nobody's to write but this trigger's.
security definer
set search_path = ''
as $$
begin
    insert into ledger.period_balance as b (
        fund_id, first_on, account_number, currency, partner_id, debit, credit
    )
    select
        n.fund_id,
        p.first_on,
        n.account_number,
        n.currency,
        n.partner_id,
        sum(n.debit),
        sum(n.credit)
    from new_rows as n
    inner join ledger.period as p
        on n.fund_id = p.fund_id and n.entry_on between p.first_on and p.last_on
    group by n.fund_id, p.first_on, n.account_number, n.currency, n.partner_id
    on conflict (fund_id, first_on, account_number, currency, partner_id) do update
    set
        debit = b.debit + excluded.debit,
        credit = b.credit + excluded.credit;
    return null;
end
$$;

comment on function ledger.keep_balances() is
'Trigger _500_derive on ledger.journal_line: keeps ledger.period_balance.';
