-- Decides who runs a job: whoever inserts the row of the scheduled moment. On N nodes one does.
create or replace function ops.claim_job_run(
    p_job text,
    p_scheduled_for timestamptz
)
returns boolean
language sql
volatile
-- Definer: runs are recorded by these functions only.
security definer
set search_path = ''
as $$
    with
    claimed as (
        insert into ops.job_run (job, scheduled_for)
        values (p_job, p_scheduled_for)
        on conflict do nothing
        returning 1 as one
    )

    select exists (select from claimed)
$$;

comment on function ops.claim_job_run(text, timestamptz) is
'True when the caller is to run the job of that moment, false when another node has it already.';
grant execute on function ops.claim_job_run(text, timestamptz) to qb_jobs;
