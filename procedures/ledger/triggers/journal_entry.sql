-- An entry is completed when it is posted, never changed, and looked at when its lines are there.
create or replace trigger _040_keep
before update or delete or truncate on ledger.journal_entry
for each statement execute function ledger.refuse_change();

create or replace trigger _200_complete
before insert on ledger.journal_entry
for each row execute function ledger.complete_entry();

create constraint trigger _800_balance
after insert on ledger.journal_entry
deferrable initially deferred
for each row execute function ledger.check_entry();
