-- Kept balances are what the lines of their periods add up to.
create or replace view ops.check_period_balances_are_right
with (security_invoker = true)
as
select
    d.fund_id,
    d.first_on,
    d.account_number,
    d.currency,
    d.partner_id,
    sum(d.debit) as debit_difference,
    sum(d.credit) as credit_difference,
    'different' as finding
from (
    select
        b.fund_id,
        b.first_on,
        b.account_number,
        b.currency,
        b.partner_id,
        b.debit,
        b.credit
    from ledger.period_balance as b
    union all
    select
        s.fund_id,
        s.first_on,
        s.account_number,
        s.currency,
        s.partner_id,
        -s.debit,
        -s.credit
    from ledger.derived_period_balance as s
) as d
group by d.fund_id, d.first_on, d.account_number, d.currency, d.partner_id
having sum(d.debit) <> 0 or sum(d.credit) <> 0;

comment on view ops.check_period_balances_are_right is
'One row per fund, period, account, currency and partner whose kept balance is not the sum of its '
'lines. Cure: ledger.rebuild_balances().';
