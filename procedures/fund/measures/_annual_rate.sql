-- A year's rate of return from the logarithm of a day's growth: exp(365 x) - 1, without losing
-- digits near 0 (there it is twice exp(y / 2) sinh(y / 2)) or near −100 % (there 1 is subtracted
-- from a decimal, and never nothing is left).
create or replace function fund._annual_rate(
    p_log_rate double precision
)
returns numeric
language plpgsql
immutable
parallel safe
security invoker
set search_path = ''
as $$
begin
    return trim_scale(
        case
            when p_log_rate < -0.001 then exp(365 * p_log_rate)::numeric - 1
            else (2 * exp(365 * p_log_rate / 2) * sinh(365 * p_log_rate / 2))::numeric
        end
    );
end
$$;

comment on function fund._annual_rate(double precision) is
'The annual rate, as a fraction, of p_log_rate, which is log(1 + r) of a day of a 365-day year.';
