-- finds: ops.planted(), fx.rate
-- finds: ops.planted_too(), ops.today
-- finds: ops.planted_last(), clock_timestamp
create function ops.planted() returns bigint language sql immutable
as 'select count(*) from fx.rate as r';
create function ops.planted_too() returns date language sql immutable as 'select ops.today()';
create function ops.planted_last() returns timestamptz language sql stable
as 'select clock_timestamp()';
create function ops.good() returns text language sql immutable
as $$ select 'ops.today' -- fx.rate
$$;
