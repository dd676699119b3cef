-- Nothing recorded is changed.
create or replace trigger _040_keep
before update or delete or truncate on fund.fee_reduction
for each statement execute function fund.refuse_change();
