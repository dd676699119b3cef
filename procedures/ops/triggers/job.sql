-- Stamps: who changed a schedule, and when. A changed schedule begins anew, is refused when it
-- cannot be read, and reaches running clocks at once.
create or replace trigger _100_stamp
before update on ops.job
for each row execute function ops.stamp_update();

create or replace trigger _200_complete
before update on ops.job
for each row execute function ops.complete_job();

create or replace trigger _300_check
before insert or update on ops.job
for each row execute function ops.check_job();

create or replace trigger _900_notify
after insert or update or delete on ops.job
for each statement execute function ops.notify_clock();
