-- How fresh each publisher's fixings are, and how asking it went.
create or replace view fx.source_status
with (security_invoker = true)
as
select
    s.source_id,
    s.name,
    s.kind,
    s.priority,
    s.is_enabled,
    n.newest_on,
    ops.today() - n.newest_on as age_days,
    coalesce(t.consecutive_failures, 0) as consecutive_failures,
    coalesce(t.open_until > ops.now(), false) as is_breaker_open,
    t.open_until,
    t.last_attempt_at,
    t.last_success_at,
    t.last_error
from fx.source as s
left join fx.source_state as t on s.source_id = t.source_id
left join lateral (
    select max(r.rate_on) as newest_on
    from fx.rate as r
    where r.source_id = s.source_id
) as n on true;

comment on view fx.source_status is
'One row per source of rates: its newest fixing, how many days old that is (null when it has '
'none), and how asking it went the last time.';
grant select on fx.source_status to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
