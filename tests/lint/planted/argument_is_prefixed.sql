-- finds: ops.planted(text,integer), zone
-- finds: ops.planted(text,integer), (no name)
create function ops.planted(zone text, integer) returns date language sql as 'select null::date';
