-- Nothing recorded is changed.
create or replace trigger _040_keep
before update or delete or truncate on fund.commitment
for each statement execute function fund.refuse_change();

alter table fund.commitment alter column created_by set default security.author_id();
