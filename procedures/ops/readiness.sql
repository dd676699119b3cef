-- Answers the readiness probe: the database is there, deployed, and can be read.
create or replace function ops.readiness()
returns table (status integer, etag text, body text)
language sql
stable
-- Definer: the probe runs before anybody has logged in.
security definer
set search_path = ''
as $$
    select
        case when d.deployed_at is null then 503 else 200 end,
        null::text,
        json_build_object(
            'status', case when d.deployed_at is null then 'unavailable' else 'ready' end,
            'deployed_at', d.deployed_at,
            'server_version', current_setting('server_version')
        )::text
    from (select max(o.applied_at) as deployed_at from ops.deployed_object as o) as d
$$;

comment on function ops.readiness() is
'Readiness for load balancers: 200 when a deployment is in place, 503 before the first.';
grant execute on function ops.readiness() to qb_api;
