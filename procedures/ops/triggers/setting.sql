-- Settings are checked when written, and those that the derivation reads take effect in the
-- transaction that changes them.
create or replace trigger _100_stamp
before update on ops.setting
for each row execute function ops.stamp_update();

create or replace trigger _300_check
before insert or update on ops.setting
for each row execute function ops.check_setting();

create or replace trigger _500_derive_insert
after insert on ops.setting
referencing new table as new_rows
for each statement execute function fx.refresh_after_settings();

create or replace trigger _500_derive_update
after update on ops.setting
referencing old table as old_rows new table as new_rows
for each statement execute function fx.refresh_after_settings();

create or replace trigger _500_derive_delete
after delete on ops.setting
referencing old table as old_rows
for each statement execute function fx.refresh_after_settings();
