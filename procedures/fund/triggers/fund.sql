-- Stamps.
create or replace trigger _100_stamp
before update on fund.fund
for each row execute function ops.stamp_update();

-- The currency of what is recorded.
create or replace trigger _300_keep_currency
before update on fund.fund
for each row
when (old.currency is not null and old.currency is distinct from new.currency)
execute function fund.keep_currency();

alter table fund.fund alter column created_by set default security.author_id();
