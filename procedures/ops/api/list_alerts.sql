-- GET /v1/ops/alerts: what people have to look at, newest first.
create or replace function ops.list_alerts(
    p_kind text default null,
    p_job text default null,
    p_is_open boolean default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/ops/alerts?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute format(
        'with matching as (select r.* from ops.alert_record as r '
        'where ($1 is null or r.kind = $1) '
        'and ($2 is null or r.job = $2) '
        'and ($3 is null or r.is_open = $3)) '
        'select 200, null::text, ops.list_body(''Alerts.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $4 offset $5) as p'
        '), (select count(*) from matching), $4, $5, $6)',
        ops.sort_clause(
            'ops.alert_record', coalesce(p_sort, '-raised_at'), array['raised_at', 'alert_id']
        )
    )
    using
        p_kind,
        p_job,
        p_is_open,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function ops.list_alerts(text, text, boolean, text, integer, integer, text) is
'One page of alerts by kind, job and whether they are open; newest first unless p_sort says '
'otherwise. Raises QB400 sort_unknown.';
grant execute on function ops.list_alerts(text, text, boolean, text, integer, integer, text) to
qb_admin, qb_auditor;
