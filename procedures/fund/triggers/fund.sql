-- Stamps.
create or replace trigger _100_stamp
before update on fund.fund
for each row execute function ops.stamp_update();

alter table fund.fund alter column created_by set default security.author_id();
