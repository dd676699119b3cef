-- What ledger.period_balance has to hold, added up from the lines.
create or replace view ledger.derived_period_balance
with (security_invoker = true)
as
select
    l.fund_id,
    p.first_on,
    l.account_number,
    l.currency,
    l.partner_id,
    sum(l.debit) as debit,
    sum(l.credit) as credit
from ledger.journal_line as l
inner join ledger.period as p
    on l.fund_id = p.fund_id and l.entry_on between p.first_on and p.last_on
group by l.fund_id, p.first_on, l.account_number, l.currency, l.partner_id;

comment on view ledger.derived_period_balance is
'One row per fund, period, account, currency and partner: the sums of its lines.';
