-- Who gets what of a distribution, and how much of it can be called again: where no partner's
-- recallable part was given, it is in proportion to what each gets.
create or replace function fund._split_distribution(
    p_event fund.event,
    p_amount numeric,
    p_recallable_amount numeric
)
returns table (
    line_number integer,
    investor_id uuid,
    reason text,
    weight numeric,
    exact_amount numeric,
    amount numeric,
    recallable_amount numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    split as materialized (
        select
            s.investor_id,
            'pro_rata' as reason,
            s.weight,
            s.exact_amount,
            s.amount,
            null::numeric as recallable_amount
        from fund._pro_rata_split(p_event.fund_id, p_amount) as s
        where not p_event.request ? 'lines'
        union all
        select
            s.investor_id,
            'given' as reason,
            s.amount as weight,
            s.amount as exact_amount,
            s.amount,
            s.recallable_amount
        from fund._given_split(p_event.fund_id, p_event.request -> 'lines') as s
    ),

    coded as materialized (
        select
            s.*,
            i.investor_code
        from split as s
        inner join fund.investor as i on s.investor_id = i.investor_id
    ),

    -- Materialized: shared once, not once for each partner.
    recallable as materialized (
        select
            a.key,
            a.amount
        from (
            select
                array_agg(c.investor_code) as keys,
                array_agg(c.amount) as weights
            from coded as c
            having count(c.recallable_amount) = 0
        ) as x
        cross join lateral fund.allocate(p_recallable_amount, x.keys, x.weights) as a
        where p_recallable_amount > 0
    )

    select
        row_number() over (order by c.investor_code collate "C")::integer,
        c.investor_id,
        c.reason,
        c.weight,
        c.exact_amount,
        c.amount,
        coalesce(c.recallable_amount, r.amount, 0)
    from coded as c
    left join recallable as r on c.investor_code = r.key
    where c.amount <> 0 or c.exact_amount <> 0
$$;

comment on function fund._split_distribution(fund.event, numeric, numeric) is
'Lines of the distribution of p_amount that p_event asks for, by code of the investor. Raises what '
'fund._given_split, fund._pro_rata_split and fund.allocate raise.';
