-- finds: fx.rate, rate_recent
-- finds: fx.rate, rate_recorded_at_currency_idx
-- finds: fx.rate, rate_lower_key
create index rate_recent on fx.rate (recorded_at);
create index rate_recorded_at_currency_idx on fx.rate (currency, recorded_at);
create index rate_lower_key on fx.rate (lower(currency));
create index rate_currency_recorded_at_idx on fx.rate (currency, recorded_at);
