-- finds: fx.rate, qb_jobs: select without a policy
-- finds: fund.fund, qb_admin: delete without a grant
grant select (currency) on fx.rate to qb_jobs;
create policy delete_admin on fund.fund for delete to qb_admin using (true);
