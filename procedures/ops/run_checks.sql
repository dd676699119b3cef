-- Opens every check view, ops.check_…: each is an invariant whose offenders are its rows. A new
-- check is a new file in views/ops/checks and nothing else.
create or replace function ops.run_checks()
returns table (check_name text, offenders bigint)
language plpgsql
stable
-- Definer: checks read every row of every room, whoever asks; what comes out is a count.
security definer
set search_path = ''
as $$
begin
    for check_name in
        select c.relname
        from pg_catalog.pg_class as c
        where
            c.relnamespace = 'ops'::regnamespace
            and c.relkind = 'v'
            and c.relname like 'check\_%'
        order by c.relname
    loop
        execute format('select count(*) from ops.%I', check_name) into offenders;
        return next;
    end loop;
end
$$;

comment on function ops.run_checks() is
'One row per check view with the number of its rows: 0 everywhere is healthy.';
grant execute on function ops.run_checks() to qb_admin, qb_auditor, qb_jobs;
