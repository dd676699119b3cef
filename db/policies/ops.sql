-- Who sees and changes what the platform runs on.

grant usage on schema ops to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped, qb_api, qb_jobs;

grant select on ops.setting to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant update (value) on ops.setting to qb_admin;
create policy select_readers on ops.setting for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);
create policy update_admin on ops.setting for update
to qb_admin using (true) with check (true);

-- Schedules and runs: the clock claims runs, administrators change schedules.
grant select on ops.job to qb_admin, qb_auditor;
grant update (cron, time_zone, is_enabled, grace_seconds, time_limit_seconds)
on ops.job to qb_admin;
create policy select_overseers on ops.job for select
to qb_admin, qb_auditor using (true);
create policy update_admin on ops.job for update
to qb_admin using (true) with check (true);

grant select on ops.job_run to qb_admin, qb_auditor;
create policy select_overseers on ops.job_run for select
to qb_admin, qb_auditor using (true);

-- The clock raises alerts; an administrator may end one by hand.
grant select on ops.alert to qb_admin, qb_auditor;
grant update (resolved_at) on ops.alert to qb_admin;
create policy select_overseers on ops.alert for select
to qb_admin, qb_auditor using (true);
create policy update_admin on ops.alert for update
to qb_admin using (true) with check (true);

-- What is deployed is no secret to an auditor.
grant select on ops.deployed_object to qb_admin, qb_auditor;
create policy select_overseers on ops.deployed_object for select
to qb_admin, qb_auditor using (true);
