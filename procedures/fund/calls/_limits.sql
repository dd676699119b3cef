-- The most that rounding may make of a share: what is left, where the exact share fits in it.
create or replace function fund._limits(
    p_amount numeric,
    p_weights numeric[],
    p_left numeric[],
    p_taken numeric[] default null
)
returns numeric[]
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        array_agg(
            case
                when
                    round(round(p_amount * x.weight, 10) / nullif(t.weight, 0), 10)
                    <= x.left_over - coalesce(x.taken, 0)
                    then x.left_over - coalesce(x.taken, 0)
            end
            order by x.number
        )
    from unnest(p_weights, p_left, p_taken) with ordinality
    as x (weight, left_over, taken, number)
    cross join (select sum(w.weight) as weight from unnest(p_weights) as w (weight)) as t
$$;

comment on function fund._limits(numeric, numeric[], numeric[], numeric[]) is
'For each weight what is left less what is taken, where its share of p_amount is not more; else '
'null.';
