-- finds: bi.planted.unbounded, numeric
-- finds: bi.planted.too_wide, numeric(29,6)
create view bi.planted as
select 1::numeric as unbounded, 1::numeric(29, 6) as too_wide, 1::numeric(28, 6) as good;
