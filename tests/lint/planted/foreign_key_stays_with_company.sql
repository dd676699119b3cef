-- finds: fund.fund, fund_lead_fkey
-- finds: company.planted, planted_other_fkey
alter table fund.fund add column lead text references company.company (company_id);
create table company.planted (
    company_id text primary key references company.company (company_id),
    other text references company.company (company_id)
);
