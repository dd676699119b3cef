-- Who sees users. Names are shown to the whole firm; to narrowed users and submitters those of
-- people who may have written what they see, to an investor the own one (security.visible_people);
-- mail addresses, roles and logins to those who look after users; password hashes, refresh tokens
-- and attempts to log in to nobody.

grant usage on schema security to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped, qb_api, qb_jobs;

grant select (user_id, display_name) on security.person to
qb_editor, qb_viewer, qb_submitter, qb_investor, qb_editor_scoped, qb_viewer_scoped;
grant select on security.person to qb_admin, qb_auditor;
grant insert (user_id, email, display_name), update (email, display_name)
on security.person to qb_admin;
create policy select_firm on security.person for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on security.person for select
to qb_submitter, qb_investor, qb_editor_scoped, qb_viewer_scoped
using (user_id = any((select security.visible_people())::uuid[]));
create policy insert_admin on security.person for insert
to qb_admin with check (true);
create policy update_admin on security.person for update
to qb_admin
using (user_id <> '00000000-0000-0000-0000-000000000000')
with check (true);

-- Administrators look after users; the platform itself, the nil user, is changed by nobody.
grant select, insert (group_role), update (group_role, is_active) on security.app_user to qb_admin;
grant select on security.app_user to qb_auditor;
create policy select_overseers on security.app_user for select
to qb_admin, qb_auditor using (true);
create policy insert_admin on security.app_user for insert
to qb_admin with check (true);
create policy update_admin on security.app_user for update
to qb_admin
using (user_id <> '00000000-0000-0000-0000-000000000000')
with check (true);

grant select on security.database_login to qb_admin, qb_auditor;
create policy select_overseers on security.database_login for select
to qb_admin, qb_auditor using (true);

-- Accounts of an identity provider and what their claims are worth: administrators decide.
grant select, insert (issuer, subject, user_id, is_claim_managed), update (is_claim_managed), delete
on security.external_identity to qb_admin;
grant select on security.external_identity to qb_auditor;
create policy select_overseers on security.external_identity for select
to qb_admin, qb_auditor using (true);
create policy insert_admin on security.external_identity for insert
to qb_admin with check (true);
create policy update_admin on security.external_identity for update
to qb_admin using (true) with check (true);
create policy delete_admin on security.external_identity for delete
to qb_admin using (true);

grant select, insert, update, delete on security.claim_role to qb_admin;
grant select on security.claim_role to qb_auditor;
create policy select_overseers on security.claim_role for select
to qb_admin, qb_auditor using (true);
create policy insert_admin on security.claim_role for insert
to qb_admin with check (true);
create policy update_admin on security.claim_role for update
to qb_admin using (true) with check (true);
create policy delete_admin on security.claim_role for delete
to qb_admin using (true);

-- Whose rows a narrowed user or an investor sees: administrators decide.
grant select, insert (fund_id, user_id), delete on security.user_fund to qb_admin;
grant select on security.user_fund to qb_auditor;
create policy select_overseers on security.user_fund for select
to qb_admin, qb_auditor using (true);
create policy insert_admin on security.user_fund for insert
to qb_admin with check (true);
create policy delete_admin on security.user_fund for delete
to qb_admin using (true);

grant select, insert (investor_id, user_id), delete on security.user_investor to qb_admin;
grant select on security.user_investor to qb_auditor;
create policy select_overseers on security.user_investor for select
to qb_admin, qb_auditor using (true);
create policy insert_admin on security.user_investor for insert
to qb_admin with check (true);
create policy delete_admin on security.user_investor for delete
to qb_admin using (true);

grant select, insert (company_id, user_id), delete on security.user_company to qb_admin;
grant select on security.user_company to qb_auditor;
create policy select_overseers on security.user_company for select
to qb_admin, qb_auditor using (true);
create policy insert_admin on security.user_company for insert
to qb_admin with check (true);
create policy delete_admin on security.user_company for delete
to qb_admin using (true);
