-- Who opened them; and no books are emptied away.
create or replace trigger _040_keep
before update or delete or truncate on ledger.book
for each statement execute function ledger.refuse_change();

alter table ledger.book alter column created_by set default security.author_id();
