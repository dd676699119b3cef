-- PATCH /v1/ops/jobs/{job}: changes a schedule; running clocks take it over at once.
create or replace function ops.update_job(
    p_job text,
    p_cron text default null,
    p_time_zone text default null,
    p_is_enabled boolean default null,
    p_grace_seconds integer default null,
    p_time_limit_seconds integer default null,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_row_version bigint;
begin
    select j.row_version into v_row_version from ops.job as j where j.job = p_job for update;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'job_not_found',
            column = 'job',
            message = 'There is no such job.',
            hint = 'GET /v1/ops/jobs lists them.';
    end if;
    perform ops.check_if_match(p_if_match, v_row_version);

    update ops.job as j
    set
        cron = coalesce(p_cron, j.cron),
        time_zone = coalesce(p_time_zone, j.time_zone),
        is_enabled = coalesce(p_is_enabled, j.is_enabled),
        grace_seconds = coalesce(p_grace_seconds, j.grace_seconds),
        time_limit_seconds = coalesce(p_time_limit_seconds, j.time_limit_seconds)
    where j.job = p_job;

    return query
    select
        200,
        format('"%s"', r.row_version),
        ops.success_body(200, 'Job updated.', to_json(r))
    from ops.job_record as r
    where r.job = p_job;
end
$$;

comment on function ops.update_job(text, text, text, boolean, integer, integer, text) is
'Changes a job: an argument that is null leaves the column; seconds for p_grace_seconds and '
'p_time_limit_seconds; p_if_match guards it. Raises QB404 job_not_found, QB412 stale_version, '
'QB400 job_cron_is_readable, job_time_zone_is_known; the table''s constraints.';
grant execute on function ops.update_job(text, text, text, boolean, integer, integer, text) to
qb_admin;
