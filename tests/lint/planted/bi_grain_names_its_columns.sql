-- finds: planted, no columns
-- finds: planted_too, another
create view bi.planted as select 1 as one;
comment on view bi.planted is 'One row per one.';
create view bi.planted_too as select 1 as one;
comment on view bi.planted_too is 'One row per one: one, another.';
