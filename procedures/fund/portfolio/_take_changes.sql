-- Takes all notes and makes quarters of them, newest first, for those are looked at: a history that
-- is loaded or corrected does not hold up a quarter that comes in.
create or replace function fund._take_changes(
    out fund_ids uuid[],
    out ordinals integer[],
    out changed_at timestamptz[]
)
language plpgsql
volatile
security invoker
set search_path = ''
-- Whatever is known about the tables: first and last quarter are at the two ends of an index.
set enable_seqscan = off
set enable_sort = off
set jit = off
as $$
begin
    -- One statement: a note is seen together with the quarters it is about, or not at all.
    with
    taken as (
        delete from fund.portfolio_change as m
        returning m.fund_id, m.first_ordinal, m.last_ordinal, m.changed_at
    ),

    -- Only quarters that exist, or did: most notes reach beyond the newest, some are about all.
    -- Every submitted quarter has financials in its own currency.
    known as (
        select
            min(o.ordinal) as first_ordinal,
            max(o.ordinal) as last_ordinal
        from (
            select e.ordinal
            from fx.currency as c
            cross join lateral (
                (
                    select f.reporting_year * 4 + f.reporting_quarter - 1 as ordinal
                    from company.quarterly_reporting_financials as f
                    where f.currency = c.currency
                    order by f.currency, f.reporting_year, f.reporting_quarter
                    limit 1
                )
                union all
                (
                    select f.reporting_year * 4 + f.reporting_quarter - 1
                    from company.quarterly_reporting_financials as f
                    where f.currency = c.currency
                    order by f.currency desc, f.reporting_year desc, f.reporting_quarter desc
                    limit 1
                )
            ) as e
            union all
            select t.reporting_year * 4 + t.reporting_quarter - 1
            from fund.portfolio_quarter_total as t
        ) as o
    ),

    span as (
        select
            t.fund_id,
            greatest(t.first_ordinal, k.first_ordinal) as first_ordinal,
            least(t.last_ordinal, k.last_ordinal) as last_ordinal,
            min(t.changed_at) as changed_at
        from taken as t
        cross join known as k
        -- Nothing was ever reported: nothing to compute.
        where k.first_ordinal is not null
        group by 1, 2, 3
    ),

    quarter as (
        select
            s.fund_id,
            o.ordinal,
            min(s.changed_at) as changed_at
        from span as s
        cross join lateral generate_series(s.first_ordinal, s.last_ordinal) as o (ordinal)
        group by 1, 2
    )

    select
        array_agg(q.fund_id order by q.turn, q.ordinal desc, q.fund_id),
        array_agg(q.ordinal order by q.turn, q.ordinal desc, q.fund_id),
        array_agg(q.changed_at order by q.turn, q.ordinal desc, q.fund_id)
    into fund_ids, ordinals, changed_at
    from (
        -- By turns what has waited longest and the newest quarter: a history that was loaded does
        -- not keep today's quarter waiting, and where all of today's change all the time the rest
        -- has its turn.
        select
            c.fund_id,
            c.ordinal,
            c.changed_at,
            least(
                row_number() over (order by c.changed_at, c.ordinal desc, c.fund_id),
                row_number() over (order by c.ordinal desc, c.changed_at, c.fund_id)
            ) as turn
        from quarter as c
    ) as q;
end
$$;

comment on function fund._take_changes() is
'Empties fund.portfolio_change and returns which quarters of which funds to compute again, what '
'has waited longest and the newest by turns, and since when they are old, as parallel arrays; '
'nulls when there are none.';
