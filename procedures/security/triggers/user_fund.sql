-- Another scope is another version of the user.
create or replace trigger _600_touch
after insert or update or delete on security.user_fund
for each row execute function security.touch_user();
