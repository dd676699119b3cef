-- finds: fund.fund, postgres
-- finds: ops.today(), postgres
-- finds: table public.planted, qb_jobs
reset role;
alter table fund.fund owner to postgres;
alter function ops.today() owner to postgres;
create table public.planted (id uuid);
grant create on schema public to qb_jobs;
alter table public.planted owner to qb_jobs;
