-- finds: ops.today()
-- finds: ops.today(text)
create function ops.today(p_zone text) returns date language sql as 'select null::date';
