-- finds: fund.fund, fund_name_check
-- finds: fund.fund, fund_name_created_by_key
-- finds: fx.rate, r1
-- finds: fx.source, source_pk
alter table fund.fund add check (name <> 'x'), add unique (name, created_by);
alter table fx.rate add constraint r1 foreign key (currency) references fx.currency (currency);
alter table fx.source rename constraint source_pkey to source_pk;
