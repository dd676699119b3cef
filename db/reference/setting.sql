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
    'presentation_currencies',
    '["USD", "CAD"]',
    'Currencies every company is shown in besides its own: an array of ISO 4217 codes.'
)
on conflict (setting) do update
    set description = excluded.description
    where s.description is distinct from excluded.description;
