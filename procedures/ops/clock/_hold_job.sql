-- The lock that a run holds from its claim to the end of its connection: one run of a job at a time
-- on all nodes, and a run whose lock nobody holds has lost its node.
create or replace function ops._hold_job(
    p_job text
)
returns boolean
language sql
volatile
security invoker
set search_path = ''
as $$
    -- The two numbers are a name: 'jo', and the job's.
    select pg_try_advisory_lock(27247, hashtext(p_job))
$$;

comment on function ops._hold_job(text) is
'Takes the lock of a job for this session; false when another session runs the job.';
