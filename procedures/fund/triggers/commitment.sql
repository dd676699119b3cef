-- Nothing recorded is changed but the class of a partner of whom nothing stands: a close that is
-- taken back can be recorded again with the right one (fund._read_admissions).
create or replace trigger _040_keep
before update of fund_id, investor_id, created_date, created_by on fund.commitment
for each statement execute function fund.refuse_change();

create or replace trigger _040_keep_rows
before delete or truncate on fund.commitment
for each statement execute function fund.refuse_change();

alter table fund.commitment alter column created_by set default security.author_id();
