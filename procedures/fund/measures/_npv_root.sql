-- Where a net present value is 0 between two rates at which its signs differ. Rates are log(1 + r)
-- of a day: an even scale near −100 % and at thousands of percent alike. What is brought to 0 is
-- the distance, the logarithm of present value in over present value out: almost a straight line,
-- its slope the difference of the mean days of both. A step follows the cubic through the last two
-- points with their slopes (the first one: the slope), and never leaves the bracket; where one
-- gains too little, the bracket is halved instead. Like Brent's method it cannot miss, and it ends
-- after 3 or 4 evaluations where that takes 10. Flows are discounted to the first day, below 0 to
-- the last: no term is more than its amount.
create or replace function fund._npv_root(
    p_amounts double precision[],
    p_days double precision[],
    p_low double precision,
    p_high double precision,
    p_is_rising boolean,
    p_from double precision,
    p_distance double precision default null,
    p_tilt double precision default null,
    out log_rate double precision,
    out residual double precision,
    out gross double precision
)
language plpgsql
immutable
parallel safe
security invoker
set search_path = ''
as $$
declare
    v_first constant double precision := p_days[1];
    v_last constant double precision := p_days[cardinality(p_days)];
    v_origin double precision;
    v_net double precision;
    v_net_days double precision;
    v_gross_days double precision;
    v_in double precision;
    v_out double precision;
    v_distance double precision;
    v_tilt double precision;
    v_gain double precision;
    v_chord double precision;
    v_next double precision := p_from - p_distance * p_tilt;
begin
    -- The point before: p_from, p_distance, p_tilt. The tilt is the inverse of the slope.
    log_rate := case when v_next > p_low and v_next < p_high then v_next else p_from end;
    for v_round in 1 .. 200 loop
        v_origin := case when log_rate < 0 then v_last else v_first end;
        select
            sum(w.value),
            sum(abs(w.value)),
            sum(w.value * w.day),
            sum(abs(w.value) * w.day)
        into v_net, gross, v_net_days, v_gross_days
        from (
            select
                f.amount * exp(greatest(log_rate * (v_origin - f.day), -500)) as value,
                f.day
            from (select unnest(p_amounts) as amount, unnest(p_days) as day) as f
            -- A fence: the exponential is taken once a flow.
            offset 0
        ) as w;
        v_in := (gross + v_net) / 2;
        v_out := (gross - v_net) / 2;
        v_distance := case when v_in > 0 and v_out > 0 then ln(v_in / v_out) else v_net end;
        residual := abs(v_net) / gross;
        -- As near as double precision tells, or nearly so and no longer gaining.
        exit when residual < 2e-15
            or (residual < 1e-11 and abs(v_distance) > abs(p_distance) / 4);
        if (v_distance > 0) = p_is_rising then
            p_high := log_rate;
        else
            p_low := log_rate;
        end if;
        exit when p_high - p_low <= 1e-15 * abs(p_low) + 1e-18;
        v_tilt := case
            when v_in > 0 and v_out > 0 then
                2 / nullif(
                    (v_gross_days - v_net_days) / v_out - (v_gross_days + v_net_days) / v_in, 0
                )
        end;
        if p_tilt is null then
            v_next := log_rate - v_distance * v_tilt;
        elsif abs(v_distance) < abs(p_distance) / 2 then
            v_gain := v_distance - p_distance;
            v_chord := (log_rate - p_from) / v_gain;
            v_next := p_from - p_distance * p_tilt + (p_distance / v_gain) ^ 2 * (
                (v_chord - p_tilt) * v_gain
                - (v_tilt - 2 * v_chord + p_tilt) * v_distance
            );
        else
            v_next := null;
        end if;
        p_from := log_rate;
        p_distance := v_distance;
        p_tilt := v_tilt;
        if v_next > p_low and v_next < p_high then
            log_rate := v_next;
        else
            log_rate := sinh((asinh(365 * p_low) + asinh(365 * p_high)) / 2) / 365;
        end if;
    end loop;
    gross := gross * exp(least(log_rate * (v_first - v_origin), 600));
end
$$;

comment on function fund._npv_root(
    double precision[], double precision[], double precision, double precision, boolean,
    double precision, double precision, double precision
) is
'log(1 + r) of a day, between p_low and p_high and from p_from on, at which the net present value '
'of p_amounts on p_days (ascending) is 0; with p_is_rising it is below 0 at p_low. What is known '
'at p_from: p_distance is log(in / out) of present values, p_tilt how p_from changes with it. The '
'residual is the net present value at the end over the sum of absolute present values, gross that '
'sum on the first day.';
