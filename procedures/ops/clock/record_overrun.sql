-- A run went beyond its time limit: marked, and an alert. It may still be running.
create or replace function ops.record_overrun(
    p_job text,
    p_scheduled_for timestamptz
)
returns void
language plpgsql
volatile
-- Definer: runs are recorded by these functions only.
security definer
set search_path = ''
as $$
declare
    v_node text;
begin
    update ops.job_run as r
    set is_overrun = true
    where r.job = p_job and r.scheduled_for = p_scheduled_for and r.finished_at is null
    returning r.node into v_node;
    if found then
        perform ops._raise_alert(
            'job_overrun',
            p_job,
            p_scheduled_for,
            (
                select
                    jsonb_build_object('node', v_node, 'time_limit_seconds', j.time_limit_seconds)
                from ops.job as j
                where j.job = p_job
            )
        );
    end if;
end
$$;

comment on function ops.record_overrun(text, timestamptz) is
'Marks a run that is not over as an overrun.';
grant execute on function ops.record_overrun(text, timestamptz) to qb_jobs;
