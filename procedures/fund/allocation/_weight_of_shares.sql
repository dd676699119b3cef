-- What an amount is divided by: the weight of everybody who has a share of it. A division that
-- cannot be made is refused here.
create or replace function fund._weight_of_shares(
    p_amount numeric,
    p_keys text[],
    p_weights numeric[],
    p_exact numeric[],
    p_allocated numeric[],
    p_excused boolean[],
    p_most numeric[]
)
returns numeric
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    v_count integer := coalesce(cardinality(p_keys), 0);
    v_keys integer;
    v_least numeric;
    v_most numeric;
    v_limit numeric;
    v_weight numeric;
begin
    if p_amount is null or p_amount <> round(p_amount, 2) then
        raise exception using
            errcode = 'QB400',
            constraint = 'amount_to_the_cent',
            column = 'amount',
            message = 'The amount has more than two decimals, or is missing.',
            detail = coalesce(p_amount::text, ''),
            hint = 'Round it to the cent.';
    elsif
        coalesce(cardinality(p_weights), 0) <> v_count
        or cardinality(p_exact) <> v_count
        or cardinality(p_allocated) <> v_count
        or cardinality(p_excused) <> v_count
        or cardinality(p_most) <> v_count
        or array_position(p_keys, null) is not null
        or array_position(p_weights, null) is not null
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'allocation_is_complete',
            column = 'keys',
            message = 'Keys, weights and what goes with them are not equally many.',
            detail = format(
                '%s keys, %s weights', v_count, coalesce(cardinality(p_weights), 0)
            ),
            hint = 'Send an array of the same length for each, keys and weights without null.';
    end if;

    select
        count(distinct u.key collate "C"),
        min(u.weight),
        max(greatest(u.weight, abs(u.exact_before), abs(u.allocated_before), abs(p_amount))),
        -- Null is no limit, which greatest() would not keep.
        sum(
            case when u.most is null then 'infinity' else greatest(floor(100 * u.most) / 100, 0) end
        ) filter (
            where u.weight > 0 and not coalesce(u.is_excused, false)
        ),
        sum(u.weight) filter (where not coalesce(u.is_excused, false))
    into v_keys, v_least, v_most, v_limit, v_weight
    from unnest(p_keys, p_weights, p_exact, p_allocated, p_excused, p_most)
    as u (key, weight, exact_before, allocated_before, is_excused, most);
    if v_keys <> v_count then
        raise exception using
            errcode = 'QB400',
            constraint = 'allocation_keys_are_unique',
            column = 'keys',
            message = 'A key appears twice.',
            hint = 'Add its weights up.';
    elsif v_least < 0 or v_most >= 1e18 then
        raise exception using
            errcode = 'QB400',
            constraint = 'allocation_in_range',
            column = 'weights',
            message = 'A weight is negative, or a number not below 1e18.',
            detail = format('From %s to %s.', v_least, v_most),
            hint = 'Send plain currency units, and 0 for whoever has no share.';
    elsif p_amount <> 0 and coalesce(v_weight, 0) = 0 then
        raise exception using
            errcode = 'QB409',
            constraint = 'allocation_has_a_share',
            column = 'weights',
            message = 'Nobody has a share of the amount.',
            detail = p_amount::text,
            hint = 'Excuse fewer, or see whose commitment is left.';
    elsif abs(p_amount) > v_limit then
        raise exception using
            errcode = 'QB409',
            constraint = 'allocation_within_limits',
            column = 'most',
            message = 'The amount is more than all may get together.',
            detail = format('%s of %s.', p_amount, v_limit),
            hint = 'Send a smaller amount.';
    end if;
    return nullif(v_weight, 0);
end
$$;

comment on function fund._weight_of_shares(
    numeric, text[], numeric[], numeric[], numeric[], boolean[], numeric[]
) is
'Sum of the weights of those who are not excused; null for none. Raises QB400 amount_to_the_cent, '
'allocation_is_complete, allocation_keys_are_unique, allocation_in_range, QB409 '
'allocation_has_a_share, allocation_within_limits.';
