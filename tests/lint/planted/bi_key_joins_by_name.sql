-- finds: planted.fonds_id
create view bi.planted as
select 'x'::text as planted_id, 'x'::text as fonds_id, 'y'::text as fund_id;
comment on view bi.planted is 'One row per planted: planted_id.';
comment on column bi.planted.fonds_id is 'Fund. [key; attribute]';
comment on column bi.planted.fund_id is 'Fund. [key; attribute]';
