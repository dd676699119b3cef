-- Another name or address is another version of the user.
create or replace trigger _600_touch
after update on security.person
referencing new table as touched_rows
for each statement execute function security.touch_user();
