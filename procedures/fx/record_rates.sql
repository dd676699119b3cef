-- The one way in for fixings. Good ones are kept, changed ones corrected, bad ones quarantined with
-- the rule they broke; what was there before stays.
create or replace function fx.record_rates(
    p_source_id text,
    p_rates jsonb
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
    v_today date := ops.today();
begin
    if not exists (select from fx.source as s where s.source_id = p_source_id) then
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

    return query
    with
    fixing as materialized (
        select
            e.item,
            fx._parse_date(e.item ->> 'date') as rate_on,
            e.item ->> 'currency' as currency,
            fx._parse_rate(e.item ->> 'rate') as rate
        from jsonb_array_elements(p_rates) as e (item)
    ),
    judged as materialized (
        select
            f.item,
            f.rate_on,
            f.currency,
            f.rate,
            case
                when f.rate_on is null then 'date_invalid'
                when f.rate_on > v_today then 'date_in_future'
                when c.currency is null then 'currency_unknown'
                when f.currency = s.base_currency then 'currency_is_base'
                when f.rate is null then 'rate_invalid'
                when f.rate <= 0 then 'rate_not_positive'
                when f.rate < 1e-8 or f.rate > 1e8 then 'rate_out_of_range'
                when
                    count(*) over same_fixing > 1
                    and min(f.rate) over same_fixing <> max(f.rate) over same_fixing
                    then 'rate_contradicted'
                when row_number() over same_fixing > 1 then 'duplicate'
            end as reason
        from fixing as f
        inner join fx.source as s on s.source_id = p_source_id
        left join fx.currency as c on f.currency = c.currency
        -- A good fixing is compared with good ones only.
        window same_fixing as (
            partition by f.rate_on, f.currency, coalesce(f.rate between 1e-8 and 1e8, false)
        )
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
        where
            j.reason is null
            and not exists (
                select
                from fx.rate as k
                where
                    k.currency = j.currency
                    and k.rate_on = j.rate_on
                    and k.source_id = p_source_id
                    and k.rate = j.rate
            )
        order by j.currency, j.rate_on
        on conflict on constraint rate_pkey do update
        set rate = excluded.rate, recorded_at = excluded.recorded_at
        where r.rate is distinct from excluded.rate
        -- Only a row that this statement inserted has no deleting transaction.
        returning r.xmax = 0 as is_new
    ),
    refused as (
        insert into fx.quarantine (source_id, received, reason)
        select
            p_source_id,
            -- Of a monster, as much as the key of the table can hold.
            case
                when octet_length(j.item::text) > 2000 then to_jsonb(left(j.item::text, 500))
                else j.item
            end,
            j.reason
        from judged as j
        where j.reason <> 'duplicate'
        on conflict on constraint quarantine_once do nothing
    ),
    outcome as (
        select
            (select count(*) from fixing)::integer as received,
            (select count(*) from kept as k where k.is_new)::integer as inserted,
            (select count(*) from kept as k where not k.is_new)::integer as updated,
            (select count(*) from judged as j where j.reason <> 'duplicate')::integer
                as quarantined
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

comment on function fx.record_rates(text, jsonb) is
'Takes fixings of a source, an array of {"date", "currency", "rate"} (rate: units of currency '
'per 1 of the source''s base), and returns what became of them. Refused ones go to '
'fx.quarantine. Raises QB400 fx_source_unknown, fx_rates_are_an_array.';
grant execute on function fx.record_rates(text, jsonb) to qb_admin, qb_jobs;
