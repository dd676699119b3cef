-- Which source is preferred decides every cross rate.
create or replace trigger _500_derive
after update or insert or delete on fx.source
for each statement execute function fx.refresh_after_sources();
