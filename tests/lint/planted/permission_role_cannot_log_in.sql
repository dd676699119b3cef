-- finds: qb_investor
reset role;
alter role qb_investor login;
