-- Every entry has the lines that it announced, and they balance in each currency.
create or replace view ops.check_entries_balance
with (security_invoker = true)
as
select
    e.fund_id,
    e.entry_id,
    e.entry_number,
    case
        when count(distinct l.line_number) <> e.line_count then 'other lines than it says'
        else 'does not balance'
    end as finding
from ledger.journal_entry as e
left join ledger.journal_line as l
    on e.fund_id = l.fund_id and e.entry_on = l.entry_on and e.entry_id = l.entry_id
group by e.fund_id, e.entry_id
having
    count(l.line_number) <> e.line_count
    or exists (
        select
        from ledger.journal_line as c
        where c.fund_id = e.fund_id and c.entry_on = e.entry_on and c.entry_id = e.entry_id
        group by c.currency
        having sum(c.debit) <> sum(c.credit)
    );

comment on view ops.check_entries_balance is
'One row per entry that lacks lines or does not balance in a currency: somebody switched triggers '
'off. Cure: restore the journal from a backup.';
