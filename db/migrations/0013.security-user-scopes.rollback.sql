drop table security.user_company;
drop table security.user_fund;
