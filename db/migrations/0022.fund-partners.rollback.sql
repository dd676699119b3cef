drop table security.user_investor;
drop table fund.commitment;
drop table fund.investor_contact;
drop table fund.investor;
drop table fund.fee_step;
drop table fund.terms;
alter table fund.fund drop column status, drop column vintage_year, drop column currency;
