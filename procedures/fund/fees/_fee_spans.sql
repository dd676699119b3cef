-- The days from one to another, cut wherever something begins that a management fee depends on:
-- terms, a step of rate or base, a fee period, and the days p_changes_on on which bases change.
-- With each run of days, the evening whose bases hold for it: the one before its period, in the
-- fund's first the one of the first close; with daily bases its own.
create or replace function fund._fee_spans(
    p_fund_id uuid,
    p_from_on date,
    p_to_on date,
    p_changes_on date[]
)
returns table (
    from_on date,
    to_on date,
    valid_from date,
    day_count text,
    fee_free_classes text[],
    base_on date
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    terms as (
        select
            t.*,
            coalesce(t.valid_to, p_to_on) as ends_on
        from fund.terms as t
        where
            t.fund_id = p_fund_id
            and t.valid_from < p_to_on
            and (t.valid_to is null or t.valid_to > p_from_on)
    ),

    -- First days of fee periods: of the calendar, and of the accruals that there are. A catch-up
    -- begins in the middle of one that is accrued: its bases are those of the others there.
    period_start as (
        select p_from_on as day
        where not exists (
            select
            from fund.fee_run as r
            where
                r.fund_id = p_fund_id
                and r.run_kind = 'period'
                and r.from_on < p_from_on
                and r.to_on > p_from_on
                and not exists (
                    select
                    from fund.event as x
                    where x.fund_id = r.fund_id and x.reverses_event_id = r.event_id
                )
        )
        union
        select g.day::date
        from terms as t
        cross join lateral generate_series(
            date_trunc('year', greatest(t.valid_from, p_from_on)::timestamp),
            (least(t.ends_on, p_to_on) - 1)::timestamp,
            make_interval(months => t.fee_period_months)
        ) as g (day)
        where g.day::date >= t.valid_from
        union
        select d.day
        from fund.fee_run as r
        cross join lateral (values (r.from_on), (r.to_on)) as d (day)
        where
            r.fund_id = p_fund_id
            and r.run_kind = 'period'
            and not exists (
                select
                from fund.event as x
                where x.fund_id = r.fund_id and x.reverses_event_id = r.event_id
            )
    ),

    cut as (
        select s.day from period_start as s
        union
        select v.day
        from terms as t
        cross join lateral (values (t.valid_from), (t.ends_on)) as v (day)
        union
        select fs.from_on
        from fund.fee_step as fs
        inner join terms as t on fs.fund_id = t.fund_id and fs.valid_from = t.valid_from
        union
        select c.day
        from unnest(p_changes_on) as c (day)
    ),

    span as (
        select
            c.day as from_on,
            lead(c.day, 1, p_to_on) over (order by c.day) as to_on,
            (select max(s.day) from period_start as s where s.day <= c.day) as period_on
        from cut as c
        where c.day >= p_from_on and c.day < p_to_on
    )

    select
        s.from_on,
        s.to_on,
        t.valid_from,
        t.fee_day_count,
        t.fee_free_classes,
        case
            when t.fee_basis = 'daily' then s.from_on
            else greatest(s.period_on - 1, fund._first_close_on(p_fund_id))
        end
    from span as s
    inner join terms as t on s.from_on >= t.valid_from and s.from_on < t.ends_on
$$;

comment on function fund._fee_spans(uuid, date, date, date[]) is
'One row per run of days from p_from_on to p_to_on, which is not counted, with the terms that hold '
'and the day whose bases count. Days without terms are left out.';
