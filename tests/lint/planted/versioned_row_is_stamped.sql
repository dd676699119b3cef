-- finds: ops.setting
-- finds: fund.fund
drop trigger _100_stamp on ops.setting;
alter table fund.fund disable trigger _100_stamp;
