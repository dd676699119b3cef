-- Another name or address is another version of the user.
create or replace trigger _600_touch
after update on security.person
for each row execute function security.touch_user();
