-- The management fee of each partner for some days, as runs of days with one rate and one base:
-- base x rate x part of the year. A rate is that of the partner's class, or else of class *; there
-- is none before the first step and none for classes that are free of it. A base is what the terms
-- say: of the evening before the period, or of each day; what a close adds counts from the close
-- in either case. It is never below 0.
create or replace function fund._fee_amounts(
    p_fund_id uuid,
    p_from_on date,
    p_to_on date,
    p_investor_ids uuid[] default null,
    p_as_if_from_first_close boolean default false,
    p_added_by uuid default null
)
returns table (
    investor_id uuid,
    segment_number integer,
    from_on date,
    to_on date,
    fee_rate numeric,
    fee_base text,
    base_amount numeric,
    day_count text,
    year_fraction numeric,
    exact_amount numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    change as materialized (
        select c.*
        from fund._fee_base_changes(p_fund_id, p_as_if_from_first_close) as c
    ),

    span as materialized (
        select s.*
        from fund._fee_spans(
            p_fund_id,
            greatest(p_from_on, fund._first_close_on(p_fund_id)),
            p_to_on,
            array(select distinct c.counted_on from change as c)
        ) as s
    ),

    -- What stands in each run of days: of each partner, and of what p_added_by brought it.
    base as (
        select
            s.from_on,
            c.fee_base,
            c.investor_id,
            sum(c.amount) as amount,
            sum(c.amount) filter (
                where p_added_by is null or c.event_id = p_added_by
            ) as counted_amount
        from span as s
        inner join change as c
            on c.counted_on <= s.base_on or (c.is_admission and c.counted_on <= s.from_on)
        group by s.from_on, c.fee_base, c.investor_id
    ),

    fund_base as (
        select
            b.from_on,
            sum(b.amount) filter (where b.fee_base = 'committed') as committed_amount,
            sum(b.amount) filter (where b.fee_base = 'cost') as cost_amount
        from base as b
        group by b.from_on
    ),

    rated as (
        select
            s.from_on,
            s.to_on,
            s.day_count,
            c.investor_id,
            r.fee_rate,
            r.fee_base,
            greatest(
                trim_scale(
                    case
                        when r.fee_base <> 'net_invested' then b.counted_amount
                        when f.committed_amount <> 0
                            then
                                round(
                                    greatest(f.cost_amount, 0) * b.counted_amount
                                    * 1.000000000000 / f.committed_amount,
                                    12
                                )
                    end
                ),
                0
            ) as base_amount
        from span as s
        inner join fund.commitment as c
            on
                c.fund_id = p_fund_id
                and (p_investor_ids is null or c.investor_id = any(p_investor_ids))
                and c.investor_class <> all(s.fee_free_classes)
        cross join lateral (
            select
                fs.fee_rate,
                fs.fee_base
            from fund.fee_step as fs
            where
                fs.fund_id = p_fund_id
                and fs.valid_from = s.valid_from
                and fs.from_on <= s.from_on
                and fs.investor_class in (c.investor_class, '*')
            order by fs.investor_class = '*', fs.from_on desc
            limit 1
        ) as r
        inner join base as b
            on
                s.from_on = b.from_on
                and c.investor_id = b.investor_id
                and b.fee_base = case
                    when r.fee_base = 'net_invested' then 'committed' else r.fee_base
                end
        inner join fund_base as f on s.from_on = f.from_on
    ),

    -- Runs of days that follow each other with nothing changed are one.
    marked as (
        select
            r.*,
            (
                row(
                    lag(r.to_on) over days,
                    lag(r.fee_rate) over days,
                    lag(r.fee_base) over days,
                    lag(r.base_amount) over days,
                    lag(r.day_count) over days
                ) is distinct from
                row(r.from_on, r.fee_rate, r.fee_base, r.base_amount, r.day_count)
            )::integer as begins
        from rated as r
        where r.base_amount > 0
        window days as (partition by r.investor_id order by r.from_on)
    ),

    segment as (
        select
            n.investor_id,
            n.number,
            min(n.from_on) as from_on,
            max(n.to_on) as to_on,
            min(n.fee_rate) as fee_rate,
            min(n.fee_base) as fee_base,
            min(n.base_amount) as base_amount,
            min(n.day_count) as day_count
        from (
            select
                m.*,
                sum(m.begins) over (partition by m.investor_id order by m.from_on) as number
            from marked as m
        ) as n
        group by n.investor_id, n.number
    ),

    -- Partners share their days: each is counted once.
    fraction as materialized (
        select
            d.from_on,
            d.to_on,
            d.day_count,
            fund.year_fraction(d.from_on, d.to_on, d.day_count) as year_fraction
        from (select distinct s.from_on, s.to_on, s.day_count from segment as s) as d
    )

    select
        s.investor_id,
        s.number::integer,
        s.from_on,
        s.to_on,
        s.fee_rate,
        s.fee_base,
        s.base_amount,
        s.day_count,
        y.year_fraction,
        trim_scale(round(s.base_amount * s.fee_rate * y.year_fraction, 20))
    from segment as s
    inner join fraction as y
        on s.from_on = y.from_on and s.to_on = y.to_on and s.day_count = y.day_count
    order by s.investor_id, s.number
$$;

comment on function fund._fee_amounts(uuid, date, date, uuid[], boolean, uuid) is
'One row per partner of p_investor_ids (null: all) and run of days from p_from_on, at the earliest '
'the first close, to p_to_on, which is not counted: rate, base, base_amount in the fund''s '
'currency, year_fraction, and their product to 20 decimals. With p_as_if_from_first_close as if '
'every close had been the first; with p_added_by only on what that event added to the base.';
