-- How far a fixing is from the one before it, as a fraction of that.
create or replace function fx._jump(
    p_rate numeric,
    p_previous_rate numeric
)
returns numeric
language sql
immutable
as $$
    select abs(p_rate / p_previous_rate - 1)
$$;

comment on function fx._jump(numeric, numeric) is
'Relative change from p_previous_rate to p_rate, without its sign; null when either is missing.';
