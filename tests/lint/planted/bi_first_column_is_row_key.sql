-- finds: planted, one
-- finds: planted_too, other
create view bi.planted as select 1 as one, 2 as two;
comment on view bi.planted is 'One row per pair: one, two.';
create view bi.planted_too as select 1 as other, 2 as one;
comment on view bi.planted_too is 'One row per one: one.';
create view bi.planted_well as select '1:2'::text as pair_key, 1 as one, 2 as two;
comment on view bi.planted_well is 'One row per pair: one, two.';
