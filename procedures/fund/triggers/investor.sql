-- Stamps.
create or replace trigger _100_stamp
before update on fund.investor
for each row execute function ops.stamp_update();

-- The key of ties.
create or replace trigger _300_keep_code
before update on fund.investor
for each row
when (old.investor_code is distinct from new.investor_code)
execute function fund.keep_investor_code();

alter table fund.investor alter column created_by set default security.author_id();
