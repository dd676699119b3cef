-- One row per source, day and ordered pair of currencies: both legs from one source and one day,
-- through the source's base currency. Ask it for one pair: the whole of it has some ten million
-- rows.
create or replace view fx.source_cross_rate
with (security_invoker = true)
as
select
    l.source_id,
    l.rate_on,
    l.currency as from_currency,
    t.currency as to_currency,
    t.rate / l.rate as rate
from fx.rate as l
inner join fx.rate as t on l.rate_on = t.rate_on and l.source_id = t.source_id
where l.currency <> t.currency
union all
select
    t.source_id,
    t.rate_on,
    s.base_currency as from_currency,
    t.currency as to_currency,
    t.rate
from fx.rate as t
inner join fx.source as s on t.source_id = s.source_id
union all
select
    l.source_id,
    l.rate_on,
    l.currency as from_currency,
    s.base_currency as to_currency,
    1 / l.rate as rate
from fx.rate as l
inner join fx.source as s on l.source_id = s.source_id;

comment on view fx.source_cross_rate is
'One row per source, day and ordered pair of currencies: units of to_currency per 1 from_currency.';
grant select on fx.source_cross_rate to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
