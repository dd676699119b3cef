-- finds: ops.planted(), bi.company
-- finds: ops.planted_too(bi.calendar[]), bi.calendar[]
create function ops.planted() returns setof bi.company language sql
as 'select c.* from bi.company as c';
create function ops.planted_too(p_days bi.calendar[]) returns void language sql as '';
