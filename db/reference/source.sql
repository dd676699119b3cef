-- Publishers of fixings. Inserted when missing: priority and enabled belong to the users.
insert into fx.source (source_id, name, base_currency, priority)
values
('manual', 'Entered by an administrator', 'EUR', 10),
(
    'ecb_bundled',
    'European Central Bank reference rates, archive shipped with the platform',
    'EUR',
    90
)
on conflict (source_id) do nothing;
