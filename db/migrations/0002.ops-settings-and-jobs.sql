-- Settings that rules read, and the schedules and runs of the clock.

create table ops.setting (
    setting text primary key,
    value jsonb not null,
    description text not null,
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    constraint setting_value_allowed check (
        case setting
            when 'fx_flow_rate' then value in ('"average"'::jsonb, '"closing"'::jsonb)
            when 'presentation_currencies'
                then
                    jsonb_typeof(value) = 'array'
                    and not jsonb_path_exists(
                        value,
                        'strict $[*] ? (!(@.type() == "string") || !(@ like_regex "^[A-Z]{3}$"))'
                    )
            else true
        end
    )
);
comment on table ops.setting is 'One row per setting of the platform; users own the values.';
comment on constraint setting_value_allowed on ops.setting is
'The value is not allowed for this setting. Hint: Its description names the values.';

create table ops.job (
    job text primary key,
    cron text not null,
    time_zone text not null default 'UTC',
    is_enabled boolean not null default true,
    description text not null,
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1
);
comment on table ops.job is
'One row per scheduled job: five-field cron expression in time_zone. The clock reads it at '
'start.';

create table ops.job_run (
    job text not null references ops.job (job),
    scheduled_for timestamptz not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    succeeded boolean,
    detail jsonb,
    primary key (job, scheduled_for)
);
comment on table ops.job_run is
'One row per job and scheduled moment: whoever inserts it runs the job, so on N nodes one does.';
comment on column ops.job_run.succeeded is 'Null while running, or when the node died.';

alter table ops.setting enable row level security;
alter table ops.job enable row level security;
alter table ops.job_run enable row level security;
