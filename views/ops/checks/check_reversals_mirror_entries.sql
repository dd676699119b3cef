-- A reversal and what it takes back add up to nothing, account by account and partner by partner.
create or replace view ops.check_reversals_mirror_entries
with (security_invoker = true)
as
select
    r.fund_id,
    r.entry_id,
    l.account_number,
    l.currency,
    l.partner_id,
    'does not take it back' as finding
from ledger.journal_entry as r
inner join ledger.journal_line as l
    on r.fund_id = l.fund_id and l.entry_id in (r.entry_id, r.reverses_entry_id)
where r.reverses_entry_id is not null
group by r.fund_id, r.entry_id, l.account_number, l.currency, l.partner_id
having sum(l.debit) <> sum(l.credit);

comment on view ops.check_reversals_mirror_entries is
'One row per reversal, account, currency and partner that does not take back what it reverses: '
'somebody switched triggers off. Cure: restore the journal from a backup.';
