-- finds: fund.fund.number
alter table fund.fund add column number serial;
