-- The one way in for fixings. Good ones are kept, changed ones corrected, bad ones quarantined with
-- the rule they broke; what was there before stays.
create or replace function fx.record_rates(
    p_source_id text,
    p_rates jsonb,
    p_is_latest boolean default false,
    p_base_currency text default null
)
returns table (
    received integer,
    inserted integer,
    updated integer,
    unchanged integer,
    quarantined integer
)
language plpgsql
volatile
-- Definer: rates are nobody's to write but this function's.
security definer
set search_path = ''
as $$
declare
    v_base_currency text;
begin
    select s.base_currency into v_base_currency
    from fx.source as s
    where s.source_id = p_source_id;
    if v_base_currency is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'fx_source_unknown',
            column = 'source_id',
            message = 'The source of the rates is not known.',
            hint = 'Add a row to fx.source first.';
    end if;
    if jsonb_typeof(p_rates) is distinct from 'array' then
        raise exception using
            errcode = 'QB400',
            constraint = 'fx_rates_are_an_array',
            column = 'rates',
            message = 'The rates must be an array of objects with date, currency and rate.',
            hint = 'Send [{"date": "2026-01-02", "currency": "USD", "rate": "1.17"}].';
    end if;
    if p_base_currency <> v_base_currency then
        raise exception using
            errcode = 'QB400',
            constraint = 'fx_base_unexpected',
            column = 'base_currency',
            message = 'The rates are quoted against another currency than this source''s.',
            detail = format(
                'Received %s, expected %s.', left(p_base_currency, 10), v_base_currency
            ),
            hint = 'Ask for the base of fx.source, or add a source for the other one.';
    end if;

    return query
    with
    judged as materialized (
        select
            j.item,
            j.rate_on,
            j.currency,
            j.rate,
            j.fate,
            j.reason
        from fx._judge_rates(p_source_id, p_rates, p_is_latest) as j
    ),
    kept as (
        insert into fx.rate as r (currency, rate_on, source_id, rate)
        select
            j.currency,
            j.rate_on,
            p_source_id,
            j.rate
        from judged as j
        -- What is there already is not even locked: a daily load changes a handful of rows.
        where j.fate = 'keep'
        order by j.currency, j.rate_on
        on conflict on constraint rate_pkey do update
        set rate = excluded.rate, recorded_at = excluded.recorded_at
        where r.rate is distinct from excluded.rate and not r.is_corrected
        -- Only a row that this statement inserted has no deleting transaction.
        returning r.xmax = 0 as is_new
    ),
    refused as (
        insert into fx.quarantine as q (source_id, received, reason, rate_on, currency, rate)
        select
            p_source_id,
            -- Of a monster, as much as the key of the table can hold.
            case
                when octet_length(j.item::text) > 2000 then to_jsonb(left(j.item::text, 500))
                else j.item
            end,
            j.reason,
            j.rate_on,
            j.currency,
            j.rate
        from judged as j
        where j.fate = 'refuse'
        -- Settled before by a better fixing, and here again: a person has to look once more.
        on conflict on constraint quarantine_once do update
        set status = 'open', reason = excluded.reason
        where q.status = 'superseded'
    ),
    settled as (
        update fx.quarantine as q
        set status = 'superseded'
        from judged as j
        where
            j.fate <> 'refuse'
            and q.status = 'open'
            and q.source_id = p_source_id
            and q.currency = j.currency
            and q.rate_on = j.rate_on
            and not exists (
                select
                from judged as o
                where o.fate = 'refuse' and o.item = q.received
            )
    ),
    outcome as (
        select
            (select count(*) from judged)::integer as received,
            (select count(*) from kept as k where k.is_new)::integer as inserted,
            (select count(*) from kept as k where not k.is_new)::integer as updated,
            (select count(*) from judged as j where j.fate = 'refuse')::integer as quarantined
    )

    select
        o.received,
        o.inserted,
        o.updated,
        o.received - o.inserted - o.updated - o.quarantined,
        o.quarantined
    from outcome as o;
end
$$;

comment on function fx.record_rates(text, jsonb, boolean, text) is
'Takes fixings of a source, an array of {"date", "currency", "rate"} (rate: units of currency '
'per 1 of the source''s base), and returns what became of them. Refused ones go to '
'fx.quarantine; what a person released stays. p_is_latest: a feed of the newest fixings, whose '
'days must not be older than the setting fx_max_age_days. p_base_currency: what the feed says it '
'quotes against. Raises QB400 fx_source_unknown, fx_rates_are_an_array, fx_base_unexpected.';
grant execute on function fx.record_rates(text, jsonb, boolean, text) to qb_admin, qb_jobs;
