-- finds: fund.fund, planted_parent_fkey
alter table fund.fund add column parent uuid
constraint planted_parent_fkey references fund.fund (fund_id) on update cascade;
