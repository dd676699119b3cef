-- How one key came to its amount, step by step, from what fund.allocate did with the same numbers.
create or replace function fund.explain_allocation(
    p_key text,
    p_amount numeric,
    p_keys text[],
    p_weights numeric[],
    p_exact numeric[] default null,
    p_allocated numeric[] default null,
    p_excused boolean[] default null
)
returns table (step integer, what text, amount numeric, explanation text)
language sql
immutable
security invoker
set search_path = ''
as $$
    with
    given as (
        select
            u.key,
            u.weight,
            coalesce(u.exact_before, 0) as exact_before,
            coalesce(u.allocated_before, 0) as allocated_before,
            coalesce(u.is_excused, false) as is_excused
        from unnest(p_keys, p_weights, p_exact, p_allocated, p_excused)
        as u (key, weight, exact_before, allocated_before, is_excused)
    ),

    together as (
        select
            sum(g.weight) as weight,
            count(*) as sharers
        from given as g
        where not g.is_excused and g.weight > 0
    ),

    one as (
        select
            g.*,
            a.exact,
            a.amount,
            a.cents_behind,
            a.whole_cents,
            a.place,
            a.cents_left,
            t.weight as all_weights,
            t.sharers,
            sign(p_amount) as direction
        from fund.allocate(p_amount, p_keys, p_weights, p_exact, p_allocated, p_excused) as a
        inner join given as g on a.key = g.key
        cross join together as t
        where a.key = p_key
    )

    select
        x.step,
        x.what,
        x.amount,
        x.explanation
    from one as o
    cross join lateral (
        values
        (1, 'amount to share', p_amount, format('Among %s who have a share of it.', o.sharers)),
        (
            2,
            'weight',
            case when o.is_excused then 0 else o.weight end,
            case
                when o.is_excused then 'Excused: no share of this amount.'
                else format('Of %s, the weights of all who have a share.', o.all_weights)
            end
        ),
        (
            3,
            'exact share',
            o.exact,
            case
                when o.is_excused or o.weight = 0 then 'None.'
                else format('%s x %s / %s.', p_amount, o.weight, o.all_weights)
            end
        ),
        (4, 'exact shares before', o.exact_before, 'The sum of all earlier times.'),
        (5, 'amounts before', o.allocated_before, 'To the cent: the sum of all earlier times.'),
        (
            6,
            'behind',
            o.direction * round(o.cents_behind / 100, 12),
            'Both exact shares less the amounts before, to 12 decimals.'
        ),
        (
            7,
            'whole cents',
            round(o.direction * o.whole_cents / 100, 2),
            case
                when o.place is null then 'Nothing: who is not behind gets nothing.'
                else 'What is behind, rounded down to the cent; less where others are further '
                    'behind than a cent.'
            end
        ),
        (
            8,
            'cent left over',
            o.amount - round(o.direction * o.whole_cents / 100, 2),
            format(
                'Whole cents leave %s to deal out, to the furthest behind, then by code: %s.',
                case o.cents_left when 1 then '1 cent' else o.cents_left || ' cents' end,
                case when o.place is null then 'none here' else 'place ' || o.place end
            )
        ),
        (9, 'amount', o.amount, 'Whole cents and what was left over.')
    ) as x (step, what, amount, explanation)
$$;

comment on function fund.explain_allocation(
    text, numeric, text[], numeric[], numeric[], numeric[], boolean[]
) is
'How fund.allocate, given the rest, came to the amount of p_key: nine steps, each with what it is, '
'its number and where that is from; amounts in currency units. No row for an unknown key. Raises '
'what fund.allocate raises.';
grant execute on function fund.explain_allocation(
    text, numeric, text[], numeric[], numeric[], numeric[], boolean[]
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
