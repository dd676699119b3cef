-- finds: fund.fund, fund_parent_fkey
alter table fund.fund add column parent uuid references fund.fund (fund_id);
