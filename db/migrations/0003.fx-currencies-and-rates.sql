-- Currencies, sources, daily fixings, what was refused, and the rates of the quarters in use.

create schema fx;
comment on schema fx is 'Currencies and exchange rates.';

create table fx.currency (
    currency text primary key,
    numeric_code text,
    name text not null,
    minor_units integer,
    withdrawn_on date,
    constraint currency_is_iso_code check (currency ~ '^[A-Z]{3}$')
);
comment on table fx.currency is
'One row per currency of ISO 4217, the withdrawn ones of the FX history included.';
comment on column fx.currency.minor_units is
'Decimal places of the smallest unit; null where there is none.';
comment on column fx.currency.withdrawn_on is
'First day it was no longer legal tender; null while it is.';

create table fx.source (
    source_id text primary key,
    name text not null,
    base_currency text not null references fx.currency (currency),
    priority integer not null,
    is_enabled boolean not null default true,
    constraint source_priority_unique unique (priority)
);
comment on table fx.source is 'One row per publisher of fixings.';
comment on column fx.source.base_currency is
'A rate of this source is units of a currency per 1 of this one.';
comment on column fx.source.priority is
'Lower is preferred: a day''s cross rate comes from the first enabled source that has both '
'legs.';
comment on constraint source_priority_unique on fx.source is
'Another source has this priority. Hint: Give each source a number of its own.';

create table fx.rate (
    currency text not null references fx.currency (currency),
    rate_on date not null,
    source_id text not null references fx.source (source_id),
    rate numeric not null,
    recorded_at timestamptz not null default now(),
    primary key (currency, rate_on, source_id),
    constraint rate_in_range check (rate >= 1e-8 and rate <= 1e8)
);
comment on table fx.rate is
'One row per currency, day and source: the fixing, units of currency per 1 of the source''s '
'base.';

create table fx.quarantine (
    quarantine_id bigint generated always as identity primary key,
    source_id text not null references fx.source (source_id),
    received jsonb not null,
    reason text not null,
    recorded_at timestamptz not null default now(),
    constraint quarantine_once unique (source_id, received)
);
comment on table fx.quarantine is
'One row per received fixing that was refused: as received, with the rule it broke.';

create table fx.quarter_rate (
    from_currency text not null references fx.currency (currency),
    quarter_end_on date not null,
    to_currency text not null references fx.currency (currency),
    quarter_start_on date not null,
    fixing_count integer not null,
    average_rate numeric,
    closing_rate numeric,
    closing_on date,
    flow_rate numeric,
    primary key (from_currency, quarter_end_on, to_currency)
);
comment on table fx.quarter_rate is
'One row per reporting currency, fiscal quarter end and currency shown: the rates the '
'derivation joins. Kept by fx.';
comment on column fx.quarter_rate.average_rate is
'Mean of the daily cross rates of the quarter; null below 40 fixings. 1 for a currency to '
'itself.';
comment on column fx.quarter_rate.closing_rate is
'Last cross rate on or before the quarter''s end, at most 7 days old; null when there is none.';
comment on column fx.quarter_rate.flow_rate is
'The rate that flows convert at: average or closing, by the setting fx_flow_rate.';

create table fx.derivation_lock ();
comment on table fx.derivation_lock is
'Always empty: locking it orders the derivation against changes of fixings and settings. A table, '
'because anybody who may connect can take an advisory lock and keep it.';

alter table fx.derivation_lock enable row level security;
alter table fx.currency enable row level security;
alter table fx.source enable row level security;
alter table fx.rate enable row level security;
alter table fx.quarantine enable row level security;
alter table fx.quarter_rate enable row level security;
