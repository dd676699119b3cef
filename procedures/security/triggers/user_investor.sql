-- Another scope is another version of the user.
create or replace trigger _600_touch
after insert on security.user_investor
referencing new table as touched_rows
for each statement execute function security.touch_user();

create or replace trigger _600_touch_update
after update on security.user_investor
referencing new table as touched_rows
for each statement execute function security.touch_user();

create or replace trigger _600_touch_delete
after delete on security.user_investor
referencing old table as touched_rows
for each statement execute function security.touch_user();
