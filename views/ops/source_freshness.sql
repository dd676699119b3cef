-- How old the newest fixings are. The preferred source is the first enabled one that is not fed by
-- people: the alert fx_stale is about it.
create or replace view ops.source_freshness
with (security_invoker = true)
as
select
    s.source_id,
    s.name,
    n.newest_on,
    ops.today() - n.newest_on as age_days,
    s.is_preferred,
    l.stale_after_days,
    -- A source that never had a fixing has none that is fresh.
    coalesce(ops.today() - n.newest_on > l.stale_after_days, true) as is_stale
from (
    select
        e.source_id,
        e.name,
        e.priority,
        e.kind <> 'manual'
        and e.priority = min(e.priority) filter (where e.kind <> 'manual') over () as is_preferred
    from fx.source as e
    where e.is_enabled
) as s
cross join (
    select (ops.setting_value('fx_stale_after_days') #>> '{}')::integer as stale_after_days
) as l
left join lateral (
    -- By way of the key, currency by currency: the fixings of 25 years need not be read.
    select max(r.rate_on) as newest_on
    from fx.currency as c
    left join lateral (
        select f.rate_on
        from fx.rate as f
        where f.currency = c.currency and f.source_id = s.source_id
        order by f.rate_on desc
        limit 1
    ) as r on true
) as n on true;

comment on view ops.source_freshness is
'One row per enabled source of exchange rates: its newest fixing, how many days old that is, '
'whether that is too old by the setting fx_stale_after_days.';
grant select on ops.source_freshness to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
