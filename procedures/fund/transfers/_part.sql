-- The part of an amount that passes with a fraction of an interest, cut off to the cent: what
-- cannot be split stays where it is. A fraction such as a third has many decimals, but not all.
create or replace function fund._part(
    p_amount numeric,
    p_fraction numeric
)
returns numeric
language sql
immutable
security invoker
set search_path = ''
as $$
    select trunc(round(p_amount * p_fraction, 10), 2)
$$;

comment on function fund._part(numeric, numeric) is
'p_amount x p_fraction, cut off to the cent.';
