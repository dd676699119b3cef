-- Who sees users. Names are shown to the whole firm; mail addresses, roles and logins to those who
-- look after users; password hashes to nobody.

grant usage on schema security to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped, qb_api, qb_jobs;

grant select (user_id, display_name) on security.person to qb_editor, qb_viewer;
grant select on security.person to qb_admin, qb_auditor;
create policy select_firm on security.person for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);

grant select on security.app_user to qb_admin, qb_auditor;
create policy select_overseers on security.app_user for select
to qb_admin, qb_auditor using (true);

grant select on security.database_login to qb_admin, qb_auditor;
create policy select_overseers on security.database_login for select
to qb_admin, qb_auditor using (true);
