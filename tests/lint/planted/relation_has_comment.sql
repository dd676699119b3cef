-- finds: fund.fund
-- finds: bi.company
comment on table fund.fund is null;
comment on view bi.company is '';
