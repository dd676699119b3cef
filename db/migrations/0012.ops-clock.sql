-- What the clock needs to be trusted: how late a run may start and how long it may take, how each
-- slot ended, and alerts for what people have to look at.

alter table ops.job
add column grace_seconds integer not null default 3600,
add column time_limit_seconds integer not null default 3600,
add column scheduled_since timestamptz not null default now(),
add constraint job_is_named_like_a_module check (job ~ '^[a-z][a-z0-9_]{0,31}$'),
add constraint job_cron_has_five_or_six_fields check (
    cron ~* '^[a-z0-9*,/-]+( [a-z0-9*,/-]+){4,5}$' and length(cron) <= 200
),
add constraint job_grace_in_range check (grace_seconds between 0 and 604800),
add constraint job_time_limit_in_range check (time_limit_seconds between 1 and 86400);
comment on table ops.job is
'One row per scheduled job. Every clock that runs takes over a change at once.';
comment on column ops.job.cron is
'When it runs, by the wall clock of time_zone: minute, hour, day of month, month, day of week, '
'with the seconds first when there are six fields.';
comment on column ops.job.time_zone is
'IANA name of the time zone that cron is read in, such as Europe/Berlin.';
comment on column ops.job.grace_seconds is
'Seconds a run may start late, because no clock ran or the run before took too long. What is later '
'is recorded as missed.';
comment on column ops.job.time_limit_seconds is
'Seconds a run may take; then it is an overrun, and what it does in the database is cancelled.';
comment on column ops.job.scheduled_since is
'Since when this schedule holds (UTC): no slot before it is missed. Set by a trigger.';
comment on constraint job_is_named_like_a_module on ops.job is
'A job is named like a module: lower-case letters, digits and _, at most 32. Hint: Rename it.';
comment on constraint job_cron_has_five_or_six_fields on ops.job is
'A cron expression has five fields, or six with the seconds first, with one space between. Hint: '
'Send minute, hour, day of month, month and day of week, such as "30 2 * * mon-fri".';
comment on constraint job_grace_in_range on ops.job is
'The grace is not between 0 seconds and a week. Hint: Send 0 to 604800.';
comment on constraint job_time_limit_in_range on ops.job is
'The time limit is not between a second and a day. Hint: Send 1 to 86400.';

alter table ops.job_run
add column trigger text not null default 'schedule',
add column node text,
add column is_overrun boolean not null default false,
alter column started_at drop not null,
alter column started_at drop default,
add constraint job_run_trigger_known check (trigger in ('schedule', 'manual')),
add column status text not null generated always as (
    case
        when started_at is null then 'missed'
        when is_overrun then 'overrun'
        when finished_at is null then 'running'
        when succeeded then 'succeeded'
        else 'failed'
    end
) stored;
comment on table ops.job_run is
'One row per job and slot, the moment it was scheduled for: whoever inserts it decides what '
'becomes of the slot, so on N nodes one runs it.';
comment on column ops.job_run.scheduled_for is
'The slot (UTC); of a run by hand, when it was asked for.';
comment on column ops.job_run.started_at is 'Null when the slot was missed.';
comment on column ops.job_run.succeeded is 'Null while running, and of a missed slot.';
comment on column ops.job_run.trigger is 'schedule, or manual: asked for by a person.';
comment on column ops.job_run.node is
'Host and process that ran it, or recorded that nobody had. Null before release 0.2.';
comment on column ops.job_run.is_overrun is 'True when it went beyond its time limit.';
comment on column ops.job_run.status is
'missed: no clock could start it within its grace. overrun: went beyond its time limit, however it '
'ended. Else running, succeeded or failed.';
comment on column ops.job_run.detail is
'What the run had to say; of a failed one error and message, of missed slots recorded together '
'first_slot and last_slot.';
create index job_run_scheduled_for_idx on ops.job_run (scheduled_for);
-- Runs that may have lost their node.
create index job_run_job_idx on ops.job_run (job)
where finished_at is null and started_at is not null;

create table ops.alert (
    alert_id uuid primary key default gen_random_uuid(),
    kind text not null,
    job text references ops.job (job),
    scheduled_for timestamptz,
    raised_at timestamptz not null default now(),
    detail jsonb not null default '{}',
    resolved_at timestamptz,
    constraint alert_kind_known check (
        kind in ('job_missed', 'job_overrun', 'job_failed', 'job_unreadable', 'fx_stale')
    ),
    constraint alert_resolved_after_raised check (resolved_at >= raised_at)
);
create unique index alert_kind_job_scheduled_for_key
on ops.alert (kind, job, scheduled_for) nulls not distinct
where resolved_at is null;
create index alert_job_idx on ops.alert (job);
create index alert_raised_at_idx on ops.alert (raised_at);
comment on table ops.alert is
'One row per thing that people have to look at. Open while resolved_at is null; resolved by the '
'next good run, by fresh rates, or by an administrator.';
comment on column ops.alert.kind is
'job_missed, job_overrun, job_failed: what became of a slot. job_unreadable: the clock cannot read '
'the schedule. fx_stale: exchange rates are too old.';
comment on column ops.alert.job is 'The job it is about; null when it is about none.';
comment on column ops.alert.scheduled_for is 'The slot it is about; null when it is about none.';
comment on column ops.alert.detail is 'The numbers and names behind it.';
comment on column ops.alert.resolved_at is 'When it was over (UTC); null while it is open.';
comment on constraint alert_resolved_after_raised on ops.alert is
'An alert is resolved after it was raised. Hint: Set resolved_at to now().';

alter table ops.alert enable row level security;

alter table ops.setting drop constraint setting_value_allowed;
alter table ops.setting
add constraint setting_value_allowed check (
    case setting
        when 'fx_flow_rate' then value in ('"average"'::jsonb, '"closing"'::jsonb)
        when 'presentation_currencies'
            then
                jsonb_typeof(value) = 'array'
                and not jsonb_path_exists(value, '$[*] ? (@.type() != "string")')
                and not jsonb_path_exists(value, '$[*] ? (!(@ like_regex "^[A-Z]{3}$"))')
        when 'fx_stale_after_days'
            then
                jsonb_path_exists(
                    value,
                    'strict $ ? (@.type() == "number")'
                    ' ? (@ >= 1 && @ <= 366 && @ == @.floor())'
                )
        else jsonb_typeof(value) <> 'null'
    end
);
comment on constraint setting_value_allowed on ops.setting is
'The value is not allowed for this setting. Hint: Its description names the values.';
