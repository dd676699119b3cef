-- Proves, where it can, that a series has no other rate of return than the one that was found. At
-- that rate the balance (flows compounded to date) ends at 0, and the area below it, taken from the
-- first day on, is the transform whose zeros are the other rates: those above the rate are no more
-- than that area changes its sign from the beginning, those below it no more than from the end
-- (Laguerre's rule of signs). So: none while the area stays between 0 and what it ends at. A
-- balance that never changes its sign (Soper's condition) is the usual case of it. Where
-- discounting spans more than nine digits, the balance is not known well enough to say.
create or replace function fund._is_only_root(
    p_amounts double precision[],
    p_days double precision[],
    p_log_rate double precision
)
returns boolean
language plpgsql
immutable
parallel safe
security invoker
set search_path = ''
as $$
declare
    v_origin double precision := case
        when p_log_rate < 0 then p_days[cardinality(p_days)] else p_days[1]
    end;
    v_balance double precision := 0;
    v_area double precision := 0;
    v_least double precision := 0;
    v_most double precision := 0;
begin
    if abs(p_log_rate) * (p_days[cardinality(p_days)] - p_days[1]) > 20 then
        return false;
    end if;
    for i in 1 .. cardinality(p_days) - 1 loop
        v_balance := v_balance
            + p_amounts[i] * exp(greatest(p_log_rate * (v_origin - p_days[i]), -500));
        v_area := v_area + v_balance * (p_days[i + 1] - p_days[i]);
        if v_area < v_least then
            v_least := v_area;
        elsif v_area > v_most then
            v_most := v_area;
        end if;
    end loop;
    return v_area in (v_least, v_most) and (v_least = 0 or v_most = 0);
end
$$;

comment on function fund._is_only_root(
    double precision[], double precision[], double precision
) is
'Whether p_log_rate, log(1 + r) of a day at a zero of the net present value of p_amounts on '
'p_days (ascending), is proven to be the only one. False: not proven.';
