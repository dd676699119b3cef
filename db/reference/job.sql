-- Schedules of the clock. Inserted when missing: schedules belong to the users.
insert into ops.job (job, cron, time_zone, description)
values
(
    'fx_load',
    '15 17 * * mon-fri',
    'Europe/Berlin',
    'Loads exchange rates from the archive shipped with the platform, after the daily fixing.'
),
(
    'check',
    '30 2 * * *',
    'UTC',
    'Runs every check view: business invariants that must hold.'
),
(
    'idempotency_prune',
    '10 3 * * *',
    'UTC',
    'Forgets the answers kept under Idempotency-Keys after 24 hours.'
)
on conflict (job) do nothing;
