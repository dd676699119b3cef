-- What bi.health shows. Everybody in the firm may know whether the numbers can be trusted, without
-- rights on schedules, runs and alerts: no node, no error text, no detail comes out.
create or replace function ops.health()
returns table (
    area text,
    item text,
    is_healthy boolean,
    state text,
    observed_at timestamptz,
    age_days integer,
    observed_count bigint,
    explanation text
)
language sql
stable
-- Definer: reads runs and alerts for those who may not.
security definer
set search_path = ''
as $$
    with
    observation as (
        select
            'database' as area,
            'deployment' as item,
            d.deployed_at is not null as is_healthy,
            case when d.deployed_at is null then 'nothing deployed' else 'deployed' end as state,
            d.deployed_at as observed_at,
            d.objects as observed_count,
            format('PostgreSQL %s.', current_setting('server_version')) as explanation
        from (
            select
                max(o.applied_at) as deployed_at,
                count(*) as objects
            from ops.deployed_object as o
        ) as d
        union all
        select
            'clock',
            'leader',
            c.is_led,
            case when c.is_led then 'running' else 'stopped' end,
            null,
            null,
            case
                when c.is_led then 'A clock runs the jobs.'
                else 'No clock runs: jobs do not start.'
            end
        from (
            select
                exists (
                    -- The lock of ops.lead_clock.
                    select
                    from pg_catalog.pg_locks as l
                    inner join pg_catalog.pg_database as b on l.database = b.oid
                    where
                        l.locktype = 'advisory' and l.classid = 29026 and l.objid = 25451
                        and l.objsubid = 2 and b.datname = current_database()
                ) as is_led
        ) as c
        union all
        select
            'exchange rates',
            f.source_id,
            not (f.is_preferred and f.is_stale),
            case
                when f.newest_on is null then 'empty'
                when f.is_stale then 'stale'
                else 'fresh'
            end,
            f.newest_on::timestamp at time zone 'UTC',
            null,
            format(
                '%s%s: newest fixing %s.',
                f.name,
                case when f.is_preferred then ' (preferred)' else '' end,
                coalesce(f.newest_on::text, 'none')
            )
        from ops.source_freshness as f
        union all
        select
            'portfolio',
            'totals',
            p.waiting is null or p.waiting < interval '1 minute',
            case
                when p.waiting is null then 'current'
                when p.waiting < interval '1 minute' then 'refreshing'
                else 'stale'
            end,
            p.refreshed_at,
            null,
            case
                when p.stale_since is null then 'Totals are what the companies add up to.'
                else format(
                    'Changes since %s wait to be in the totals; the clock adds them.',
                    to_char(p.stale_since at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC')
                )
            end
        from (
            select
                f.refreshed_at,
                f.stale_since,
                ops.now() - f.stale_since as waiting
            from fund.portfolio_freshness() as f
        ) as p
        union all
        select
            'job',
            j.job,
            not j.is_enabled or coalesce(r.status in ('succeeded', 'running'), true),
            case when j.is_enabled then coalesce(r.status, 'not yet run') else 'disabled' end,
            r.scheduled_for,
            null,
            j.description
        from ops.job as j
        left join lateral (
            select
                n.scheduled_for,
                n.status
            from ops.job_run as n
            where n.job = j.job
            order by n.scheduled_for desc
            limit 1
        ) as r on true
        union all
        select
            'alert',
            k.kind,
            count(a.alert_id) = 0,
            case when count(a.alert_id) = 0 then 'none open' else 'open' end,
            max(a.raised_at),
            count(a.alert_id),
            k.meaning
        from (
            values
            ('job_missed', 'Slots that no clock could start within their grace.'),
            ('job_overrun', 'Runs that went beyond their time limit.'),
            ('job_failed', 'Runs that failed.'),
            ('job_unreadable', 'Schedules that the clock cannot read.'),
            ('fx_stale', 'Exchange rates of the preferred source that are too old.')
        ) as k (kind, meaning)
        left join ops.alert as a on k.kind = a.kind and a.resolved_at is null
        group by k.kind, k.meaning
        union all
        select
            'check',
            o.check_name,
            o.offenders::bigint = 0,
            case when o.offenders::bigint = 0 then 'passed' else 'failed' end,
            c.scheduled_for,
            o.offenders::bigint,
            'Rows that break the invariant, at the last run of the job check.'
        from (
            select
                n.scheduled_for,
                n.detail
            from ops.job_run as n
            where n.job = 'check' and n.detail ? 'offenders'
            order by n.scheduled_for desc
            limit 1
        ) as c
        cross join lateral jsonb_each_text(c.detail -> 'offenders') as o (check_name, offenders)
    )

    select
        o.area,
        o.item,
        o.is_healthy,
        o.state,
        o.observed_at,
        floor(extract(epoch from ops.now() - o.observed_at) / 86400)::integer,
        o.observed_count,
        o.explanation
    from observation as o
    order by o.area, o.item
$$;

comment on function ops.health() is
'One row per thing the platform''s health is judged by: deployment, clock, sources of rates, '
'totals of the portfolio, last run of each job, open alerts by kind, checks of their last run. '
'See bi.health.';
grant execute on function ops.health() to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
