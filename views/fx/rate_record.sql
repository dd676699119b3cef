-- A fixing as the API answers it; a cross rate has the same keys.
create or replace view fx.rate_record
with (security_invoker = true)
as
select
    r.rate_on as rate_date,
    s.base_currency as from_currency,
    r.currency as to_currency,
    r.rate,
    r.source_id as source,
    r.is_corrected
from fx.rate as r
inner join fx.source as s on r.source_id = s.source_id;

comment on view fx.rate_record is
'One row per source, day and currency, in the keys of GET /v1/fx/rates: units of to_currency per 1 '
'from_currency.';
grant select on fx.rate_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
