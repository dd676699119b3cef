-- finds: fund.fund, qb_admin: SELECT with grant option
-- finds: fx.rate, qb_admin: TRUNCATE
-- finds: ops.today(), qb_jobs: EXECUTE with grant option
grant select on fund.fund to qb_admin with grant option;
grant truncate on fx.rate to qb_admin;
grant execute on function ops.today() to qb_jobs with grant option;
