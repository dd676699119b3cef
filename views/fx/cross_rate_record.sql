-- A cross rate as the API answers it, of every source that has both legs on a day. Ask it for one
-- pair.
create or replace view fx.cross_rate_record
with (security_invoker = true)
as
select
    x.rate_on as rate_date,
    x.from_currency,
    x.to_currency,
    x.rate,
    x.source_id as source,
    coalesce(c.is_corrected, false) as is_corrected,
    s.is_enabled,
    s.priority
from fx.source_cross_rate as x
inner join fx.source as s on x.source_id = s.source_id
left join lateral (
    select bool_or(r.is_corrected) as is_corrected
    from fx.rate as r
    where
        r.currency in (x.from_currency, x.to_currency)
        and r.rate_on = x.rate_on
        and r.source_id = x.source_id
) as c on true;

comment on view fx.cross_rate_record is
'One row per source, day and ordered pair of currencies: units of to_currency per 1 from_currency, '
'and whether a person corrected one of its legs.';
grant select on fx.cross_rate_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
