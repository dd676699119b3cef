-- What becomes of each received fixing: it is kept, left (recorded like this already, a duplicate,
-- or a person has decided its day), or refused. A feed that is wrong as a whole, inverted or in
-- hundredths, moves most currencies of a day at once, but not those near parity: so the rest of
-- such a day waits with them.
create or replace function fx._judge_rates(
    p_source_id text,
    p_rates jsonb,
    p_is_latest boolean
)
returns table (
    item jsonb,
    rate_on date,
    currency text,
    rate numeric,
    fate text,
    reason text
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    fixing as materialized (
        select
            e.number,
            e.item,
            fx._parse_date(e.item ->> 'date') as rate_on,
            e.item ->> 'currency' as currency,
            fx._parse_rate(e.item ->> 'rate') as rate
        from jsonb_array_elements(p_rates) with ordinality as e (item, number)
    ),
    -- The rules that need nothing but the fixing itself and its neighbours of the same day.
    plain as materialized (
        select
            f.number,
            f.rate_on,
            c.currency,
            f.rate,
            r.rate as recorded_rate,
            case
                when f.rate_on is null then 'date_invalid'
                -- Asked once: a history has 200,000 fixings.
                when f.rate_on > (select ops.today()) then 'date_in_future'
                when c.currency is null then 'currency_unknown'
                when f.currency = s.base_currency then 'currency_is_base'
                when r.is_corrected then 'corrected'
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
        left join fx.rate as r
            on f.currency = r.currency and f.rate_on = r.rate_on and r.source_id = p_source_id
        -- A good fixing is compared with good ones only.
        window same_fixing as (
            partition by f.rate_on, f.currency, coalesce(f.rate between 1e-8 and 1e8, false)
        )
    ),
    -- The row before it in the same load, and the one before that.
    ordered as (
        select
            p.*,
            lag(p.rate) over by_day as before_rate,
            lag(p.rate_on) over by_day as before_on,
            lag(p.rate, 2) over by_day as earlier_rate,
            lag(p.rate_on, 2) over by_day as earlier_on
        from (
            select
                g.number,
                g.rate_on,
                g.currency,
                case when g.reason = 'corrected' then g.recorded_rate else g.rate end as rate,
                g.recorded_rate,
                g.reason
            from plain as g
            where
                (g.reason is null or g.reason = 'corrected')
                -- The shipped history and what people enter are taken as they are.
                and (
                    p_is_latest
                    or exists (
                        select
                        from fx.source as s
                        where s.source_id = p_source_id and s.validates_jumps
                    )
                )
        ) as p
        window by_day as (partition by p.currency order by p.rate_on)
    ),
    compared as (
        select
            o.number,
            o.rate_on,
            p_is_latest
            and o.rate_on < ops.today() - (ops.setting_value('fx_max_age_days') #>> '{}')::integer
                as is_stale,
            fx._jump(o.rate, b.rate) > l.max_jump
            -- Back from a jump to where it was before is no second one.
            and not (
                b.is_in_load
                and coalesce(fx._jump(b.rate, a.rate) > l.max_jump, false)
                and fx._jump(o.rate, a.rate) <= l.max_jump
            ) as jumps,
            abs(o.rate * b.rate - 1) < 0.02 and fx._jump(o.rate, b.rate) > 0.05 as is_inverted,
            b.rate is not null as is_comparable
        from ordered as o
        inner join fx.source as s on s.source_id = p_source_id
        cross join (
            select (ops.setting_value('fx_max_jump') #>> '{}')::numeric as max_jump
        ) as l
        left join lateral (
            select
                r.rate,
                r.rate_on
            from fx.rate as r
            where
                s.validates_jumps
                and r.source_id = p_source_id
                and r.currency = o.currency
                and r.rate_on < o.rate_on
                and r.rate_on >= o.rate_on - 7
            order by r.rate_on desc
            limit 1
        ) as k on true
        -- The previous fixing, at most 7 days older: of this load, or recorded.
        cross join lateral (
            select
                v.is_in_load,
                case
                    when not s.validates_jumps then null
                    when v.is_in_load then o.before_rate
                    else k.rate
                end as rate
            from (
                select coalesce(
                    o.before_on >= o.rate_on - 7
                    and o.before_on >= coalesce(k.rate_on, o.before_on),
                    false
                ) as is_in_load
            ) as v
        ) as b
        cross join lateral (
            select
                case when o.earlier_on >= o.rate_on - 7 then o.earlier_rate else k.rate end as rate
        ) as a
        -- What is recorded like this has been judged before.
        where o.reason is null and o.rate is distinct from o.recorded_rate
    ),
    suspected as (
        select
            c.number,
            case
                when c.is_stale then 'date_stale'
                when c.jumps then 'rate_jump'
                when c.is_inverted then 'rate_inverted'
                when
                    count(*) filter (where c.is_comparable) over of_day >= 3
                    and count(*) filter (where c.jumps) over of_day * 2
                    > count(*) filter (where c.is_comparable) over of_day
                    then 'feed_jumps'
            end as reason
        from compared as c
        window of_day as (partition by c.rate_on)
    )

    select
        f.item,
        p.rate_on,
        p.currency,
        p.rate,
        case
            when p.reason in ('corrected', 'duplicate') then 'leave'
            when coalesce(p.reason, u.reason) is not null then 'refuse'
            when p.rate = p.recorded_rate then 'leave'
            else 'keep'
        end,
        coalesce(p.reason, u.reason)
    from plain as p
    inner join fixing as f on p.number = f.number
    left join suspected as u on p.number = u.number
$$;

comment on function fx._judge_rates(text, jsonb, boolean) is
'Each received fixing with its parts as far as they could be read (currency: null when unknown), '
'its fate (keep, leave, refuse) and the rule it breaks.';
