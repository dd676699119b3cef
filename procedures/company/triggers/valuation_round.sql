-- Stamps rows, then derives the companies they value.
create or replace trigger _040_keep
before truncate on company.valuation_round
for each statement execute function ops.refuse_truncate();

create or replace trigger _050_lock
before insert or update or delete on company.valuation_round
for each statement execute function company.lock_before_update();

create or replace trigger _100_stamp
before update on company.valuation_round
for each row execute function ops.stamp_update();

create or replace trigger _500_derive_insert
after insert on company.valuation_round
referencing new table as new_rows
for each statement execute function company.derive_after_rounds();

create or replace trigger _500_derive_update
after update on company.valuation_round
referencing old table as old_rows new table as new_rows
for each statement execute function company.derive_after_rounds();

create or replace trigger _500_derive_delete
after delete on company.valuation_round
referencing old table as old_rows
for each statement execute function company.derive_after_rounds();

alter table company.valuation_round alter column created_by set default security.author_id();
