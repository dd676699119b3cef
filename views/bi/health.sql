-- Whether the platform is well, for a dashboard: what is deployed, how fresh the rates are, how the
-- jobs went, what waits for a person.
create or replace view bi.health
with (security_invoker = true)
as
select
    format('%s:%s', h.area, h.item) as health_key,
    h.area as health_area,
    h.item as health_item,
    h.is_healthy,
    h.state as health_state,
    h.observed_at,
    h.age_days,
    h.observed_count,
    h.explanation
from ops.health() as h;

comment on view bi.health is
'One row per thing the platform''s health is judged by: health_area, health_item. The areas are '
'database, clock, exchange rates, portfolio, job, alert and check.';
comment on column bi.health.health_key is 'Key of the row. [key; attribute]';
comment on column bi.health.health_area is
'database, clock, exchange rates, portfolio, job, alert or check. [text; attribute]';
comment on column bi.health.health_item is
'What it is about: a source of rates, a job, a kind of alert, a check. [text; attribute]';
comment on column bi.health.is_healthy is
'False when a person should look at it. [flag; attribute]';
comment on column bi.health.health_state is
'Its state in a word, such as fresh, stale, succeeded, missed, disabled. [text; attribute]';
comment on column bi.health.observed_at is
'When that was so (UTC): the deployment, midnight of the newest fixing, the slot of the last run, '
'the newest open alert, the run of the checks. Null when there is nothing yet. [time; attribute]';
comment on column bi.health.age_days is
'Whole days since observed_at; null when that is null. [number; attribute]';
comment on column bi.health.observed_count is
'Open alerts of the kind, offenders of the check, deployed objects; null elsewhere. '
'[count; non-additive]';
comment on column bi.health.explanation is 'The same in a sentence. [text; attribute]';
grant select on bi.health to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
