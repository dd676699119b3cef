-- Stamps.
create or replace trigger _100_stamp
before update on fund.investor
for each row execute function ops.stamp_update();

alter table fund.investor alter column created_by set default security.author_id();
