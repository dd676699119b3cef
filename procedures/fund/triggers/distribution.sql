-- Nothing recorded is changed.
create or replace trigger _040_keep
before update or delete or truncate on fund.distribution
for each statement execute function fund.refuse_change();
