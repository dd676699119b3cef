create index company_fund_id_idx on company.company (fund_id);
drop index company.company_fund_id_company_id_idx;
