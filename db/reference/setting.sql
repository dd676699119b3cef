-- Settings and their defaults. Inserted when missing: the values belong to the users.
insert into ops.setting as s (setting, value, description)
values
(
    'fx_flow_rate',
    '"average"',
    'Rate that flows (revenue, expenses, burn) convert at: "average" of the company''s quarter '
    '(IAS 21.40, ASC 830-30-45) or "closing".'
),
(
    'fx_max_age_days',
    '7',
    'Days after which the newest fixings of a publisher are too old to be taken: they wait in '
    'quarantine. Histories are exempt.'
),
(
    'fx_max_jump',
    '0.20',
    'Largest change of a fixing from the previous one of the same source (at most 7 days older), '
    'as a fraction; beyond it waits in quarantine for a person.'
),
(
    'fx_stale_after_days',
    '4',
    'Days after which the newest fixing of the preferred source makes the alert fx_stale: 4 spans '
    'a weekend with a holiday.'
),
(
    'presentation_currencies',
    '["USD", "CAD"]',
    'Currencies every company is shown in besides its own: an array of ISO 4217 codes.'
)
on conflict (setting) do update
    set description = excluded.description
    where s.description is distinct from excluded.description;
