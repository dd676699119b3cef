-- Daily fixings as recorded, the rates behind every translated number.
create or replace view bi.fx_rate
with (security_invoker = true)
as
select
    format('%s:%s:%s', r.source_id, r.rate_on, r.currency) as fx_rate_key,
    r.rate_on as rate_date,
    r.currency,
    s.base_currency,
    r.rate::numeric(24, 10) as rate,
    r.source_id,
    s.name as source,
    r.recorded_at,
    extract(year from r.rate_on)::integer as calendar_year,
    extract(quarter from r.rate_on)::integer as calendar_quarter,
    to_char(r.rate_on, '"Q"Q YYYY') as quarter_label,
    to_char(r.rate_on, 'YYYYQ')::integer as quarter_sort
from fx.rate as r
inner join fx.source as s on r.source_id = s.source_id;

comment on view bi.fx_rate is
'One row per source, day and currency: source_id, rate_date, currency.';
comment on column bi.fx_rate.fx_rate_key is 'Key of the row. [key; attribute]';
comment on column bi.fx_rate.rate_date is 'Day of the fixing; joins bi.calendar. [date; attribute]';
comment on column bi.fx_rate.currency is 'ISO 4217 code of the currency. [text; attribute]';
comment on column bi.fx_rate.base_currency is
'ISO 4217 code of the currency the source quotes against. [text; attribute]';
comment on column bi.fx_rate.rate is 'Units of currency per 1 base_currency. [rate; non-additive]';
comment on column bi.fx_rate.source_id is 'Key of the publisher. [key; attribute]';
comment on column bi.fx_rate.source is 'Name of the publisher. [text; attribute]';
comment on column bi.fx_rate.recorded_at is
'When the fixing was recorded or last corrected (UTC). [time; attribute]';
comment on column bi.fx_rate.calendar_year is 'Year of the day. [number; attribute]';
comment on column bi.fx_rate.calendar_quarter is 'Quarter 1 to 4 of the day. [number; attribute]';
comment on column bi.fx_rate.quarter_label is
'Quarter of the day for people, such as Q4 2025. [text; attribute]';
comment on column bi.fx_rate.quarter_sort is
'Quarter of the day for sorting, such as 20254. [number; attribute]';
grant select on bi.fx_rate to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
