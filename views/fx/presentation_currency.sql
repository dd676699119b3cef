-- The currencies every company is shown in besides its own: a setting, as rows.
create or replace view fx.presentation_currency
with (security_invoker = true)
as
select distinct c.currency
from ops.setting as s
cross join lateral jsonb_array_elements_text(s.value) as c (currency)
where s.setting = 'presentation_currencies';

comment on view fx.presentation_currency is
'One row per currency that financials and metrics are shown in besides the company''s own.';
grant select on fx.presentation_currency to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
