-- Where a net present value is 0 between two rates at which its signs differ. Rates are log(1 + r)
-- of a day: an even scale near −100 % and at thousands of percent alike. Newton's steps are taken
-- on the logarithm of present value in over present value out, which is almost a straight line, and
-- never leave the bracket; where a step gains too little, the bracket is halved instead. Like
-- Brent's method it cannot miss, and it ends after 4 or 5 evaluations where that takes 10.
-- Flows are discounted to the first day, below 0 to the last one: no term is more than its amount.
create or replace function fund._npv_root(
    p_amounts double precision[],
    p_days double precision[],
    p_low double precision,
    p_high double precision,
    p_is_rising boolean,
    p_guess double precision,
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
    v_first double precision := p_days[1];
    v_last double precision := p_days[cardinality(p_days)];
    v_origin double precision;
    v_net double precision;
    v_net_days double precision;
    v_gross_days double precision;
    v_in double precision;
    v_out double precision;
    v_distance double precision;
    v_before double precision := 'infinity';
    v_step double precision;
begin
    log_rate := p_guess;
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
        -- As near as double precision tells, or nearer than that and no longer gaining.
        exit when residual < 2e-15 or (residual < 1e-11 and abs(v_distance) > v_before / 4);
        if (v_distance > 0) = p_is_rising then
            p_high := log_rate;
        else
            p_low := log_rate;
        end if;
        exit when p_high - p_low <= 1e-15 * abs(p_low) + 1e-18;
        v_step := case
            when v_in > 0 and v_out > 0 and abs(v_distance) < v_before / 2 then
                v_distance / nullif(
                    (v_gross_days + v_net_days) / v_in - (v_gross_days - v_net_days) / v_out, 0
                ) * 2
        end;
        v_before := abs(v_distance);
        if log_rate + v_step > p_low and log_rate + v_step < p_high then
            log_rate := log_rate + v_step;
        else
            log_rate := sinh((asinh(365 * p_low) + asinh(365 * p_high)) / 2) / 365;
        end if;
    end loop;
    gross := gross * exp(least(log_rate * (v_first - v_origin), 600));
end
$$;

comment on function fund._npv_root(
    double precision[], double precision[], double precision, double precision, boolean,
    double precision
) is
'log(1 + r) of a day, between p_low and p_high and from p_guess on, at which the net present value '
'of p_amounts on p_days (ascending) is 0; with p_is_rising it is below 0 at p_low. The residual is '
'the net present value there over the sum of absolute present values, gross that sum on the first '
'day.';
