alter table ops.setting drop constraint setting_value_allowed;
delete from ops.setting where setting = 'fx_stale_after_days';
alter table ops.setting
add constraint setting_value_allowed check (
    case setting
        when 'fx_flow_rate' then value in ('"average"'::jsonb, '"closing"'::jsonb)
        when 'presentation_currencies'
            then
                jsonb_typeof(value) = 'array'
                and not jsonb_path_exists(value, '$[*] ? (!(@ like_regex "^[A-Z]{3}$"))')
        else true
    end
);
comment on constraint setting_value_allowed on ops.setting is
'The value is not allowed for this setting. Hint: Its description names the values.';
drop table ops.alert;
drop index ops.job_run_job_idx;
drop index ops.job_run_scheduled_for_idx;
-- A missed slot was no row before.
delete from ops.job_run where started_at is null;
alter table ops.job_run
drop column status,
drop constraint job_run_trigger_known,
alter column started_at set default now(),
alter column started_at set not null,
drop column is_overrun,
drop column node,
drop column trigger;
comment on table ops.job_run is
'One row per job and scheduled moment: whoever inserts it runs the job, so on N nodes one does.';
comment on column ops.job_run.scheduled_for is null;
comment on column ops.job_run.started_at is null;
comment on column ops.job_run.succeeded is 'Null while running, or when the node died.';
comment on column ops.job_run.detail is null;
alter table ops.job
drop constraint job_time_limit_in_range,
drop constraint job_grace_in_range,
drop constraint job_cron_has_five_or_six_fields,
drop constraint job_is_named_like_a_module,
drop column scheduled_since,
drop column time_limit_seconds,
drop column grace_seconds;
comment on table ops.job is
'One row per scheduled job: five-field cron expression in time_zone. The clock reads it at '
'start.';
comment on column ops.job.cron is null;
comment on column ops.job.time_zone is null;
