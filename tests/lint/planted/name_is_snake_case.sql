-- finds: ops."Planted", Planted
-- finds: fund.fund, shortName
-- finds: ops.planted(text), p_Text
create view ops."Planted" as select 1 as one;
alter table fund.fund add column "shortName" text;
create function ops.planted("p_Text" text) returns text language sql as 'select 1::text';
