-- finds: bi.company.fund
comment on column bi.company.fund is null;
