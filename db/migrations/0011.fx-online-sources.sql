-- Publishers asked over HTTPS, what became of asking them, and fixings that wait for a person.

alter table fx.source
add column kind text not null default 'manual',
add column url text,
add column key_name text,
add column key_header text not null default 'apikey',
-- What is there already, the shipped archive and what people enter, is taken as it is.
add column validates_jumps boolean not null default false,
add constraint source_kind_known check (
    kind in ('ecb', 'exchangerates', 'frankfurter', 'bundled', 'manual')
),
add constraint source_url_is_https check (
    url ~ '^https://[^\s@/?#]+(/[^\s@]*)?$'
    or url ~ '^http://(127\.0\.0\.1|localhost)(:\d+)?(/[^\s@]*)?$'
),
add constraint source_has_url_when_online check (
    kind in ('bundled', 'manual') or url is not null
),
add constraint source_key_name_is_a_name check (key_name ~ '^[A-Z][A-Z0-9_]{0,62}$'),
add constraint source_key_header_is_a_name check (key_header ~ '^[A-Za-z][A-Za-z0-9-]{0,62}$');
alter table fx.source alter column validates_jumps set default true;
-- The derivation reads none of the new columns.
alter table fx.source disable trigger user;
update fx.source set kind = 'bundled' where source_id = 'ecb_bundled';
alter table fx.source enable trigger user;
comment on column fx.source.kind is
'How its answers are read: ecb, exchangerates, frankfurter (asked over HTTPS), bundled (archive '
'shipped with the platform), manual (handed over by people).';
comment on column fx.source.url is
'Address of the newest fixings; null when nobody is asked. Plain http only for this machine, in '
'tests.';
comment on column fx.source.key_name is
'Name of its secret: the environment variable QUARTERBASE_FX_KEY_<key_name> of the clock holds the '
'API key. Never the key itself; null when it needs none.';
comment on column fx.source.key_header is 'HTTP header that carries the API key.';
comment on column fx.source.validates_jumps is
'True when a fixing beyond the setting fx_max_jump from the previous one waits in quarantine.';
comment on constraint source_kind_known on fx.source is
'This kind of source is not known. Hint: Use ecb, exchangerates, frankfurter, bundled or manual.';
comment on constraint source_url_is_https on fx.source is
'A source is asked over HTTPS. Hint: Give an address such as https://example.org/latest, without '
'user or password.';
comment on constraint source_has_url_when_online on fx.source is
'A source that is asked over the network needs an address. Hint: Set url.';
comment on constraint source_key_name_is_a_name on fx.source is
'This is not the name of a secret. Hint: Use capitals, digits and _; the key itself stands in the '
'environment variable QUARTERBASE_FX_KEY_<name>.';
comment on constraint source_key_header_is_a_name on fx.source is
'This is not the name of an HTTP header. Hint: Use letters, digits and -.';

create table fx.source_state (
    source_id text primary key references fx.source (source_id),
    consecutive_failures integer not null default 0,
    open_until timestamptz,
    last_attempt_at timestamptz,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_error text,
    constraint source_state_failures_not_negative check (consecutive_failures >= 0)
);
comment on table fx.source_state is
'One row per source that has been asked: how that went. Kept by fx.record_fetch.';
comment on column fx.source_state.consecutive_failures is
'Failures since the last success; 0 after a success.';
comment on column fx.source_state.open_until is
'Circuit breaker: the clock does not ask this source before then; null when it may.';
comment on column fx.source_state.last_error is
'What went wrong the last time, in words without addresses'' secrets; null after a success.';
alter table fx.source_state enable row level security;

alter table fx.rate add column is_corrected boolean not null default false;
comment on column fx.rate.is_corrected is
'True when a person released this fixing from quarantine: no load changes it any more.';

alter table fx.quarantine
add column status text not null default 'open',
add column rate_on date,
add column currency text references fx.currency (currency),
add column rate numeric,
add column last_update_date timestamptz,
add column last_updated_by uuid,
add column row_version bigint not null default 1,
add constraint quarantine_status_known check (
    status in ('open', 'released', 'rejected', 'superseded')
);
update fx.quarantine as q
set
    rate_on = case
        when
            q.received ->> 'date' ~ '^\d{4}-\d{2}-\d{2}$'
            and pg_input_is_valid(q.received ->> 'date', 'date')
            then (q.received ->> 'date')::date
    end,
    currency = (
        select c.currency
        from fx.currency as c
        where c.currency = q.received ->> 'currency'
    ),
    rate = case
        when q.received ->> 'rate' ~ '^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$'
            then (q.received ->> 'rate')::numeric
    end;
comment on column fx.quarantine.status is
'open: waits for a person. released: a person made it the fixing of its day. rejected: a person '
'said no. superseded: an acceptable fixing of the same source, currency and day is in force.';
comment on column fx.quarantine.rate_on is 'Day of the fixing; null when it could not be read.';
comment on column fx.quarantine.currency is
'Currency of the fixing; null when it is none of ISO 4217.';
comment on column fx.quarantine.rate is
'Units of currency per 1 of the source''s base; null when it could not be read.';
create index quarantine_source_id_currency_rate_on_idx
on fx.quarantine (source_id, currency, rate_on);

alter table ops.setting
add constraint setting_fx_limit_allowed check (
    case
        when setting = 'fx_max_jump' and jsonb_typeof(value) = 'number'
            then (value #>> '{}')::numeric > 0 and (value #>> '{}')::numeric < 1
        when setting = 'fx_max_age_days' and jsonb_typeof(value) = 'number'
            then
                (value #>> '{}')::numeric between 1 and 366
                and (value #>> '{}')::numeric % 1 = 0
        else setting not in ('fx_max_jump', 'fx_max_age_days')
    end
);
comment on constraint setting_fx_limit_allowed on ops.setting is
'The value is not allowed for this setting. Hint: fx_max_jump is a number between 0 and 1, '
'fx_max_age_days a whole number of days from 1 to 366.';
