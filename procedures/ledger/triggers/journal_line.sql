-- Lines are checked and added up as a set, and never changed.
create or replace trigger _040_keep
before update or delete or truncate on ledger.journal_line
for each statement execute function ledger.refuse_change();

create or replace trigger _300_check
after insert on ledger.journal_line
referencing new table as new_rows
for each statement execute function ledger.check_lines();

create or replace trigger _500_derive
after insert on ledger.journal_line
referencing new table as new_rows
for each statement execute function ledger.keep_balances();
