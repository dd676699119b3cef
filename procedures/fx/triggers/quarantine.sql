-- Who decided about a refused fixing, and when.
create or replace trigger _100_stamp
before update on fx.quarantine
for each row execute function ops.stamp_update();
