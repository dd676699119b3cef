-- Entries of a fund are numbered 1, 2, 3, …: a missing number is a missing entry.
create or replace view ops.check_entry_numbers_have_no_gap
with (security_invoker = true)
as
select
    e.fund_id,
    max(e.entry_number) as last_number,
    count(*) as entries,
    'numbers are missing' as finding
from ledger.journal_entry as e
group by e.fund_id
having count(*) <> max(e.entry_number) or min(e.entry_number) <> 1;

comment on view ops.check_entry_numbers_have_no_gap is
'One row per fund whose journal lacks a number: an entry was taken out. Cure: restore the journal '
'from a backup.';
