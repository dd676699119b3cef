-- How far from 0 the zeros of a net present value may lie on one side. Above a rate there are no
-- more of them than the balance, discounted at it, changes its sign from the first flow on; below a
-- rate, than it does from the last flow back (Laguerre's rule of signs). Rates are doubled until it
-- no longer does.
create or replace function fund._root_bound(
    p_amounts double precision[],
    p_days double precision[],
    p_is_upper boolean
)
returns double precision
language plpgsql
immutable
parallel safe
security invoker
set search_path = ''
as $$
declare
    v_count constant integer := cardinality(p_days);
    v_first constant integer := case when p_is_upper then 1 else v_count end;
    v_step constant integer := case when p_is_upper then 1 else -1 end;
    v_is_positive constant boolean := p_amounts[v_first] > 0;
    v_bound double precision := 0;
    v_balance double precision;
    v_place integer;
begin
    loop
        v_balance := 0;
        v_place := v_first;
        -- Days are counted from the end that weighs most.
        while v_place between 1 and v_count
            and (v_balance = 0 or (v_balance > 0) = v_is_positive)
        loop
            v_balance := v_balance + p_amounts[v_place]
                * exp(greatest(-v_bound * abs(p_days[v_place] - p_days[v_first]), -500));
            v_place := v_place + v_step;
        end loop;
        exit when (v_balance > 0) = v_is_positive or v_bound >= 600.0 / 365;
        v_bound := greatest(2 * v_bound, 1 / (p_days[v_count] - p_days[1]));
    end loop;
    return least(v_bound, 600.0 / 365) * v_step;
end
$$;

comment on function fund._root_bound(double precision[], double precision[], boolean) is
'log(1 + r) of a day beyond which, above or below, the net present value of p_amounts on p_days '
'(ascending) is never 0; at most 600 a year: rates of 260 digits.';
