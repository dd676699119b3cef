-- finds: company.valuation_round, company.valuation_round_round_name_key does not begin
-- finds: fund.planted, fund.planted_pkey does not begin with fund_id
-- finds: ledger.stray, ledger.stray_pkey does not begin with fund_id
create table ledger.stray (id uuid primary key, fund_id uuid);
create unique index valuation_round_round_name_key
on company.valuation_round (round_name, company_id);
create table fund.planted (id uuid primary key, fund_id uuid);
