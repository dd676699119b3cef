-- finds: fund.fund.size, double precision
-- finds: fund.fund.code, character(3)
-- finds: ops.planted.at, timestamp without time zone
alter table fund.fund add column size double precision, add column code char(3);
create view ops.planted as select localtimestamp as at;
