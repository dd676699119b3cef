-- finds: fund.fund, select_everybody
-- finds: fund.fund, select_narrow
-- finds: fund.fund, read_admin
create policy select_everybody on fund.fund for select using (true);
create policy select_narrow on fund.fund as restrictive for select to qb_admin using (true);
create policy read_admin on fund.fund for select to qb_admin using (true);
