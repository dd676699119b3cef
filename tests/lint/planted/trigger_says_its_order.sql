-- finds: fund.fund, stamp
create trigger stamp before update on fund.fund
for each row execute function ops.stamp_update();
