-- Brackets every rate at which a net present value is 0. What is looked at is net over gross
-- present value, which stays between −1 and 1, and its slope, at points of log(1 + r) that are
-- dense around 0 and thin out in proportion. A cell of two points is cut in 6 where it may hide two
-- rates: no change of sign and tangents that meet beyond 0, or a change of sign and slopes at both
-- ends too steep for a cubic that goes straight through (Fritsch and Carlson's condition). Where 0
-- is merely touched, cells end by being as small as the precision of double.
create or replace function fund._npv_brackets(
    p_amounts double precision[],
    p_days double precision[],
    out lows double precision[],
    out highs double precision[],
    out are_rising boolean[]
)
language plpgsql
immutable
parallel safe
security invoker
set search_path = ''
-- Planned once, whatever the number of points: planning takes as long as running.
set plan_cache_mode = force_generic_plan
as $$
declare
    v_count constant integer := cardinality(p_days);
    v_horizon constant double precision := p_days[v_count] - p_days[1];
    -- Points are evenly spaced in asinh(horizon * log(1 + r)).
    v_from double precision[] := array[
        asinh(v_horizon * fund._root_bound(p_amounts, p_days, false)) - 0.1
    ];
    v_to double precision[] := array[
        asinh(v_horizon * fund._root_bound(p_amounts, p_days, true)) + 0.1
    ];
    v_parts integer := ceil((v_to[1] - v_from[1]) / 0.25);
    v_level record;
begin
    lows := '{}';
    highs := '{}';
    are_rising := '{}';
    for v_round in 1 .. 10 loop
        with
        point as (
            select
                p.cell,
                p.place,
                sinh(p.place) / v_horizon as log_rate,
                p_days[case when p.place < 0 then v_count else 1 end] as origin
            from (
                select
                    s.cell,
                    s.low + (s.high - s.low) * k.part / v_parts as place
                from (
                    select
                        generate_subscripts(v_from, 1) as cell,
                        unnest(v_from) as low,
                        unnest(v_to) as high
                ) as s
                cross join generate_series(0, v_parts) as k (part)
            ) as p
        ),

        valued as (
            select
                p.cell,
                p.place,
                p.log_rate,
                v.net / v.gross as ratio,
                (v.net * v.gross_days - v.net_days * v.gross) / v.gross ^ 2
                * cosh(p.place) / v_horizon as slope
            from point as p
            cross join lateral (
                select
                    sum(w.value) as net,
                    sum(abs(w.value)) as gross,
                    sum(w.value * w.day) as net_days,
                    sum(abs(w.value) * w.day) as gross_days
                from (
                    select
                        f.amount * exp(greatest(p.log_rate * (p.origin - f.day), -500)) as value,
                        f.day - p.origin as day
                    from (select unnest(p_amounts) as amount, unnest(p_days) as day) as f
                    offset 0
                ) as w
            ) as v
        ),

        step as (
            select
                v.place as low_place,
                lead(v.place) over cell as high_place,
                v.log_rate as low,
                lead(v.log_rate) over cell as high,
                v.ratio as y0,
                lead(v.ratio) over cell as y1,
                v.slope * (lead(v.place) over cell - v.place) as d0,
                lead(v.slope) over cell * (lead(v.place) over cell - v.place) as d1
            from valued as v
            window cell as (partition by v.cell order by v.place)
        ),

        looked_at as (
            select
                s.*,
                (s.y0 > 0) <> (s.y1 > 0) as is_crossing,
                -- Towards 0 and back, and the tangents meet beyond it, or almost.
                s.y0 * s.y1 > 0 and s.y0 * s.d0 < 0 and s.y1 * s.d1 > 0
                and s.y0 * (s.y0 * s.d1 - s.y1 * s.d0 + s.d0 * s.d1) * (s.d1 - s.d0)
                < 0.25 * (s.y0 * (s.d1 - s.d0)) ^ 2 as is_dipping,
                -- The cubic turns twice, or almost, and near 0.
                s.d0 * s.d1 > 0
                and s.d0 * (s.d0 + s.d1 - 2 * (s.y1 - s.y0)) > 0
                and (2 * s.d0 + s.d1 - 3 * (s.y1 - s.y0)) ^ 2
                > 2.4 * s.d0 * (s.d0 + s.d1 - 2 * (s.y1 - s.y0))
                and least(abs(s.y0), abs(s.y1)) < 0.3 * (abs(s.d0) + abs(s.d1)) as is_winding
            from step as s
            where s.high_place is not null
        ),

        judged as (
            select
                c.*,
                (c.is_crossing and not c.is_winding)
                or abs(c.y0) + abs(c.y1) < 1e-13
                or v_round = 10 as is_clear
            from looked_at as c
            where c.is_crossing or c.is_dipping or c.is_winding
        )

        select
            array_agg(j.low) filter (where j.is_clear) as lows,
            array_agg(j.high) filter (where j.is_clear) as highs,
            array_agg(j.y1 > 0) filter (where j.is_clear) as are_rising,
            array_agg(j.low_place) filter (where not j.is_clear) as unclear_from,
            array_agg(j.high_place) filter (where not j.is_clear) as unclear_to
        into v_level
        from judged as j;
        lows := lows || v_level.lows;
        highs := highs || v_level.highs;
        are_rising := are_rising || v_level.are_rising;
        exit when v_level.unclear_from is null;
        v_from := v_level.unclear_from;
        v_to := v_level.unclear_to;
        v_parts := 6;
    end loop;
end
$$;

comment on function fund._npv_brackets(double precision[], double precision[]) is
'Pairs of log(1 + r) of a day between which the net present value of p_amounts on p_days '
'(ascending) changes its sign or touches 0, and whether it is above 0 at the second.';
