-- Records how a run ended.
create or replace function ops.finish_job_run(
    p_job text,
    p_scheduled_for timestamptz,
    p_succeeded boolean,
    p_detail jsonb
)
returns void
language sql
volatile
-- Definer: runs are recorded by these functions only.
security definer
set search_path = ''
as $$
    update ops.job_run as r
    set
        finished_at = clock_timestamp(),
        succeeded = p_succeeded,
        detail = p_detail
    where r.job = p_job and r.scheduled_for = p_scheduled_for
$$;

comment on function ops.finish_job_run(text, timestamptz, boolean, jsonb) is
'Records the end of a claimed run: whether it succeeded, and what it has to say.';
grant execute on function ops.finish_job_run(text, timestamptz, boolean, jsonb) to qb_jobs;
