-- Stamps.
create or replace trigger _100_stamp
before update on ledger.account
for each row execute function ops.stamp_update();

alter table ledger.account alter column created_by set default security.author_id();
