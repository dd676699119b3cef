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
as $$
declare
    v_first_ordinal integer;
    v_last_ordinal integer;
begin
    -- Only quarters that exist, or did: most notes reach beyond the newest, some are about all.
    select
        coalesce(min(o.ordinal), 1),
        coalesce(max(o.ordinal), 0)
    into v_first_ordinal, v_last_ordinal
    from (
        select i.quarter_ordinal as ordinal from company.metrics_input as i
        union all
        select t.reporting_year * 4 + t.reporting_quarter - 1
        from fund.portfolio_quarter_total as t
    ) as o;

    with
    taken as (
        delete from fund.portfolio_change as m
        returning m.fund_id, m.first_ordinal, m.last_ordinal, m.changed_at
    ),

    span as (
        select
            t.fund_id,
            greatest(t.first_ordinal, v_first_ordinal) as first_ordinal,
            least(t.last_ordinal, v_last_ordinal) as last_ordinal,
            min(t.changed_at) as changed_at
        from taken as t
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
