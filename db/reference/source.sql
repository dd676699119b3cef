-- Publishers of fixings. Inserted when missing: address, priority and enabled belong to the users.
-- A priority that is taken already moves to the next free one.
insert into fx.source (
    source_id, name, base_currency, priority, is_enabled, kind, url, key_name, validates_jumps
)
select
    d.source_id,
    d.name,
    'EUR',
    (
        select min(p.priority)
        from generate_series(d.priority, d.priority + 1000) as p (priority)
        where p.priority not in (select s.priority from fx.source as s)
    ),
    d.is_enabled,
    d.kind,
    d.url,
    d.key_name,
    d.kind not in ('bundled', 'manual')
from (
    values
    ('manual', 'Entered by an administrator', 10, true, 'manual', null, null),
    (
        'ecb',
        'European Central Bank reference rates',
        20,
        true,
        'ecb',
        'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
        null
    ),
    (
        -- Needs an API key: switch it on when QUARTERBASE_FX_KEY_EXCHANGERATES is set.
        'exchangerates',
        'Exchange Rates Data API',
        30,
        false,
        'exchangerates',
        'https://api.apilayer.com/exchangerates_data/latest',
        'EXCHANGERATES'
    ),
    (
        'frankfurter',
        'Frankfurter, the European Central Bank''s rates as JSON',
        40,
        true,
        'frankfurter',
        'https://api.frankfurter.dev/v1/latest',
        null
    ),
    (
        'ecb_bundled',
        'European Central Bank reference rates, archive shipped with the platform',
        90,
        true,
        'bundled',
        null,
        null
    )
) as d (source_id, name, priority, is_enabled, kind, url, key_name)
where not exists (select from fx.source as s where s.source_id = d.source_id)
on conflict (source_id) do nothing;
