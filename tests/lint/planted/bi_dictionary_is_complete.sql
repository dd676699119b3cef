-- finds: bi.planted.one, incomplete
-- finds: bi.company.fund, incomplete
create view bi.planted as select 1 as one;
comment on column bi.planted.one is 'One. [number; attribute]';
comment on column bi.company.fund is 'Name of the fund.';
