-- GET /v1/ops/job-runs: what ran, and what was missed, newest slot first.
create or replace function ops.list_job_runs(
    p_job text default null,
    p_status text default null,
    p_start timestamptz default null,
    p_end timestamptz default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/ops/job-runs?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute format(
        'with matching as (select r.* from ops.job_run_record as r '
        'where ($1 is null or r.job = $1) '
        'and ($2 is null or r.status = $2) '
        'and ($3 is null or r.scheduled_for >= $3) '
        'and ($4 is null or r.scheduled_for <= $4)) '
        'select 200, null::text, ops.list_body(''Job runs.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $5 offset $6) as p'
        '), (select count(*) from matching), $5, $6, $7)',
        ops.sort_clause(
            'ops.job_run_record', coalesce(p_sort, '-scheduled_for'), array['scheduled_for', 'job']
        )
    )
    using
        p_job,
        p_status,
        p_start,
        p_end,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function ops.list_job_runs(
    text, text, timestamptz, timestamptz, text, integer, integer, text
) is
'One page of runs by job, status (running, succeeded, failed, overrun, missed) and slot from '
'p_start to p_end, both included; newest slot first unless p_sort says otherwise. Raises QB400 '
'sort_unknown.';
grant execute on function ops.list_job_runs(
    text, text, timestamptz, timestamptz, text, integer, integer, text
) to qb_admin, qb_auditor;
