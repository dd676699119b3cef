-- GET /v1/ops/jobs/{job}: one schedule, with the ETag that guards a change of it.
create or replace function ops.get_job(
    p_job text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    select
        200,
        format('"%s"', r.row_version),
        ops.success_body(200, 'Job.', to_json(r))
    from ops.job_record as r
    where r.job = p_job;

    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'job_not_found',
            column = 'job',
            message = 'There is no such job.',
            hint = 'GET /v1/ops/jobs lists them.';
    end if;
end
$$;

comment on function ops.get_job(text) is 'One job. Raises QB404 job_not_found.';
grant execute on function ops.get_job(text) to qb_admin, qb_auditor;
