-- The companies of a fund from the index alone: row security reads them in every statement of a
-- narrowed user.
create index company_fund_id_company_id_idx on company.company (fund_id, company_id);
drop index company.company_fund_id_idx;
