-- finds: fund.fund
alter table fund.fund force row level security;
