-- finds: ops.total, is not named
-- finds: ops.total_mv, is granted to qb_viewer
-- finds: ops.part_mv, is granted to qb_auditor
create materialized view ops.total as select 1 as one;
create materialized view ops.total_mv as select 1 as one;
grant select on ops.total_mv to qb_viewer;
create materialized view ops.part_mv as select 1 as one;
grant select (one) on ops.part_mv to qb_auditor;
create materialized view ops.good_mv as select 1 as one;
