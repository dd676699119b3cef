-- Stamps rows; forgets who was given a deleted one; keeps the valuation of companies with rounds,
-- and companies with quarters; derives what depends on the company; notes whose totals are other
-- ones.
create or replace trigger _050_lock
before update on company.company
for each statement execute function company.lock_before_update();

create or replace trigger _100_stamp
before update on company.company
for each row execute function ops.stamp_update();

-- Before the foreign key looks: by row, for a company is deleted once in its life.
create or replace trigger _150_forget
before delete on company.company
for each row execute function security.forget_company();

create or replace trigger _300_check
after update on company.company
referencing old table as old_rows new table as new_rows
for each statement execute function company.check_own_valuation();

create or replace trigger _300_check_delete
after delete on company.company
referencing old table as old_rows
for each statement execute function company.check_deletion();

create or replace trigger _500_derive
after update on company.company
referencing old table as old_rows new table as new_rows
for each statement execute function company.derive_after_companies();

create or replace trigger _600_mark
after update on company.company
referencing old table as old_rows new table as new_rows
for each statement execute function fund.mark_after_companies();

alter table company.company alter column created_by set default security.author_id();
