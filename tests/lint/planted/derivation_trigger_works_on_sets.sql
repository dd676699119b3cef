-- finds: fund.fund, _500_derive
create trigger _500_derive before update on fund.fund
for each row execute function ops.stamp_update();
