-- Who sees and changes funds. A company that names an unknown fund creates it, hence the insert. A
-- narrowed user sees a fund whose every company is visible, and no other: what is joined to this
-- table shows no part of a fund as if it were the whole. The kept totals, the notes of what changed
-- and the state of their refresh have no policy: nobody reads them but through functions and the
-- facade fund.portfolio_quarter.

grant usage on schema fund to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor, qb_editor_scoped,
qb_viewer_scoped, qb_jobs;

grant select on fund.fund to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant insert (name) on fund.fund to qb_admin, qb_editor;
grant update (name) on fund.fund to qb_admin, qb_editor;
create policy select_firm on fund.fund for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on fund.fund for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
create policy insert_editors on fund.fund for insert
to qb_admin, qb_editor with check (true);
create policy update_editors on fund.fund for update
to qb_admin, qb_editor using (true) with check (true);
