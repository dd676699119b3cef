-- finds: table bi.planted
-- finds: materialized view bi.planted_mv
-- finds: function bi.planted_function()
-- finds: type bi.planted_domain
create table bi.planted (one integer);
create materialized view bi.planted_mv as select 1 as one;
create function bi.planted_function() returns integer language sql as 'select 1';
create domain bi.planted_domain as text;
