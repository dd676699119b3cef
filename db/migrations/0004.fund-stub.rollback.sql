drop table fund.fund;
drop schema fund;
