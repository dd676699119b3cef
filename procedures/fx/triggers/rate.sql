-- A changed fixing reaches the quarter rates that hold its day.
create or replace trigger _040_keep
before truncate on fx.rate
for each statement execute function ops.refuse_truncate();

create or replace trigger _500_derive_insert
after insert on fx.rate
referencing new table as new_rows
for each statement execute function fx.refresh_after_rates();

create or replace trigger _500_derive_update
after update on fx.rate
referencing old table as old_rows new table as new_rows
for each statement execute function fx.refresh_after_rates();

create or replace trigger _500_derive_delete
after delete on fx.rate
referencing old table as old_rows
for each statement execute function fx.refresh_after_rates();
