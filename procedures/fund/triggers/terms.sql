-- Stamps.
create or replace trigger _100_stamp
before update on fund.terms
for each row execute function ops.stamp_update();

-- One version a day, and none lost that something was recorded by.
create or replace trigger _300_check
before insert or update of fund_id, valid_from, valid_to on fund.terms
for each row execute function fund.check_terms_overlap();

create or replace trigger _300_keep
before delete or update of valid_to on fund.terms
for each row execute function fund.keep_used_terms();

alter table fund.terms alter column created_by set default security.author_id();
