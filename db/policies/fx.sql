-- Who sees and changes what in the FX room. Fixings are public: whoever reads numbers reads them.
-- They come in through fx.record_rates only.

grant usage on schema fx to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped,
qb_jobs;

grant select on fx.currency to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on fx.currency for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on fx.source to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on fx.source for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on fx.rate to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on fx.rate for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on fx.quarter_rate to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
-- Kept for the quarter ends and currencies in use, so that which rows there are tells of companies.
create policy select_firm on fx.quarter_rate for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on fx.quarter_rate for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (
    quarter_end_on = any((select security.visible_quarter_ends())::date[])
    and from_currency = any((select security.visible_currencies())::text[])
    and to_currency = any((select security.shown_currencies())::text[])
);

-- How old the rates are, and why, is for everybody who reads numbers made of them.
grant select on fx.source_state to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on fx.source_state for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

-- What was refused concerns those who look after the feeds; they decide through functions.
grant select on fx.quarantine to qb_admin, qb_editor, qb_auditor;
create policy select_overseers on fx.quarantine for select
to qb_admin, qb_editor, qb_auditor using (true);

-- Whom to ask, in which order, is an administrator's decision.
grant update (priority, is_enabled, url, key_name, key_header, validates_jumps)
on fx.source to qb_admin;
create policy update_admin on fx.source for update
to qb_admin using (true) with check (true);
