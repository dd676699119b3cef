-- The cross rate of a day: from the preferred source that has both legs on it.
create or replace view fx.cross_rate
with (security_invoker = true)
as
select distinct on (x.from_currency, x.to_currency, x.rate_on)
    x.from_currency,
    x.to_currency,
    x.rate_on,
    x.rate,
    x.source_id
from fx.source_cross_rate as x
inner join fx.source as s on x.source_id = s.source_id
where s.is_enabled
order by x.from_currency, x.to_currency, x.rate_on, s.priority;

comment on view fx.cross_rate is
'One row per ordered pair of currencies and day: units of to_currency per 1 from_currency, '
'unrounded, from the enabled source of lowest priority number that has both legs on that day.';
grant select on fx.cross_rate to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
