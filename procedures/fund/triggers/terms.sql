-- Stamps.
create or replace trigger _100_stamp
before update on fund.terms
for each row execute function ops.stamp_update();

alter table fund.terms alter column created_by set default security.author_id();
