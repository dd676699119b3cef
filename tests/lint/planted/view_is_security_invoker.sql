-- finds: bi.company
-- finds: ops.barrier
-- finds: ops.forgot
alter view bi.company reset (security_invoker);
create view ops.barrier with (security_barrier = true) as select 1 as one;
create materialized view ops.total_mv as select 1 as one;
create view ops.total with (security_barrier = true) as select m.one from ops.total_mv as m;
create view ops.forgot as select m.one from ops.total_mv as m;
