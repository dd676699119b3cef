-- Stamps and completes rows, then checks and derives them as a set.
create or replace trigger _040_keep
before truncate on company.metrics_input
for each statement execute function ops.refuse_truncate();

create or replace trigger _050_lock
before insert or update or delete on company.metrics_input
for each statement execute function company.lock_before_update();

create or replace trigger _100_stamp
before update on company.metrics_input
for each row execute function ops.stamp_update();

create or replace trigger _200_complete
before insert or update on company.metrics_input
for each row
when (
    new.currency is null
    or new.reporting_year is null
    or new.reporting_quarter is null
    or new.fiscal_reporting_quarter is null
)
execute function company.complete_input();

create or replace trigger _300_check_insert
after insert on company.metrics_input
referencing new table as new_rows
for each statement execute function company.check_inputs();

create or replace trigger _300_check_update
after update on company.metrics_input
referencing old table as old_rows new table as new_rows
for each statement execute function company.check_inputs();

create or replace trigger _500_derive_insert
after insert on company.metrics_input
referencing new table as new_rows
for each statement execute function company.derive_after_inputs();

create or replace trigger _500_derive_update
after update on company.metrics_input
referencing old table as old_rows new table as new_rows
for each statement execute function company.derive_after_inputs();

create or replace trigger _500_derive_delete
after delete on company.metrics_input
referencing old table as old_rows
for each statement execute function company.derive_after_inputs();

alter table company.metrics_input alter column created_by set default security.author_id();
