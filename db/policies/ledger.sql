-- Who sees and keeps the books. The firm sees every fund's; a narrowed user those of the funds that
-- he sees whole. Submitters and investors have no right here: a partner's own account is shown to
-- him by the fund room. Editors post and close; what is posted nobody changes or deletes, and the
-- kept balances are written by triggers alone.

grant usage on schema ledger to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;

-- Reference data.
grant select on ledger.entry_kind to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on ledger.entry_kind for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on ledger.template_account to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on ledger.template_account for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on ledger.book to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
grant insert (fund_id, first_on, period_months) on ledger.book to
qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on ledger.book for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on ledger.book for insert
to qb_admin, qb_editor with check (true);
create policy select_narrowed on ledger.book for select
to qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
create policy insert_narrowed on ledger.book for insert
to qb_editor_scoped
with check (fund_id = any((select security.visible_funds())::uuid[]));

-- What an account is, it stays: its kind and side are in every statement made so far.
grant select on ledger.account to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
grant insert (fund_id, account_number, name, kind, normal_side, takes_partner, is_active)
on ledger.account to qb_admin, qb_editor, qb_editor_scoped;
grant update (name, is_active) on ledger.account to qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on ledger.account for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on ledger.account for insert
to qb_admin, qb_editor with check (true);
create policy update_editors on ledger.account for update
to qb_admin, qb_editor using (true) with check (true);
create policy select_narrowed on ledger.account for select
to qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
create policy insert_narrowed on ledger.account for insert
to qb_editor_scoped
with check (fund_id = any((select security.visible_funds())::uuid[]));
create policy update_narrowed on ledger.account for update
to qb_editor_scoped
using (fund_id = any((select security.visible_funds())::uuid[]))
with check (fund_id = any((select security.visible_funds())::uuid[]));

-- To close is the one change of a period.
grant select on ledger.period to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
grant insert (fund_id, first_on), update (is_closed) on ledger.period to
qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on ledger.period for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on ledger.period for insert
to qb_admin, qb_editor with check (true);
create policy update_editors on ledger.period for update
to qb_admin, qb_editor using (true) with check (true);
create policy select_narrowed on ledger.period for select
to qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
create policy insert_narrowed on ledger.period for insert
to qb_editor_scoped
with check (fund_id = any((select security.visible_funds())::uuid[]));
create policy update_narrowed on ledger.period for update
to qb_editor_scoped
using (fund_id = any((select security.visible_funds())::uuid[]))
with check (fund_id = any((select security.visible_funds())::uuid[]));

-- The journal is only ever added to.
grant select on ledger.journal_entry to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
grant insert (
    fund_id, entry_id, entry_on, kind, memo, line_count, entry_key, reverses_entry_id, source_room,
    source_key
) on ledger.journal_entry to qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on ledger.journal_entry for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on ledger.journal_entry for insert
to qb_admin, qb_editor with check (true);
create policy select_narrowed on ledger.journal_entry for select
to qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
create policy insert_narrowed on ledger.journal_entry for insert
to qb_editor_scoped
with check (fund_id = any((select security.visible_funds())::uuid[]));

grant select on ledger.journal_line to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
grant insert (
    fund_id, entry_on, entry_id, line_number, account_number, partner_id, currency, debit, credit
) on ledger.journal_line to qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on ledger.journal_line for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on ledger.journal_line for insert
to qb_admin, qb_editor with check (true);
create policy select_narrowed on ledger.journal_line for select
to qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
create policy insert_narrowed on ledger.journal_line for insert
to qb_editor_scoped
with check (fund_id = any((select security.visible_funds())::uuid[]));

grant select on ledger.period_balance to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
create policy select_firm on ledger.period_balance for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on ledger.period_balance for select
to qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
