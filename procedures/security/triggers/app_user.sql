-- Stamps: who changed a user's role or ended a user, and when.
create or replace trigger _100_stamp
before update on security.app_user
for each row execute function ops.stamp_update();
