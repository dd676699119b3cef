-- GET /v1/ops/jobs: the schedules, and how each job's last run went.
create or replace function ops.list_jobs(
    p_is_enabled boolean default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/ops/jobs?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute format(
        'with matching as (select r.* from ops.job_record as r '
        'where ($1 is null or r.is_enabled = $1)) '
        'select 200, null::text, ops.list_body(''Jobs.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $2 offset $3) as p'
        '), (select count(*) from matching), $2, $3, $4)',
        ops.sort_clause(
            'ops.job_record', coalesce(p_sort, 'job'), array['job']
        )
    )
    using
        p_is_enabled,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function ops.list_jobs(boolean, text, integer, integer, text) is
'One page of jobs, all or those that are, or are not, enabled; by name unless p_sort says '
'otherwise. Raises QB400 sort_unknown.';
grant execute on function ops.list_jobs(boolean, text, integer, integer, text) to
qb_admin, qb_auditor;
