-- Stamps: who changed a schedule, and when.
create or replace trigger _100_stamp
before update on ops.job
for each row execute function ops.stamp_update();
