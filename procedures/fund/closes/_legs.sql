-- What a close moves in one earlier call or distribution: every partner's part of it as it would
-- have been, less what the partner has of it. The running totals are those of the calls, or of the
-- distributions, before it, by the commitments after the close. A call by unfunded commitment
-- weighs what would have been unfunded: more by what was added, less by what earlier legs called.
--
-- Of a call, who is in default keeps what it paid; the others share the rest.
create or replace function fund._legs(
    p_event fund.event,
    p_subject_id uuid,
    p_kind text,
    p_is_by_unfunded boolean,
    p_running_kinds text[],
    p_running_of uuid[],
    p_running_exact numeric[],
    p_running_amounts numeric[]
)
returns table (
    investor_id uuid,
    investor_code text,
    weight numeric,
    exact_amount numeric,
    amount numeric,
    recallable_amount numeric,
    is_excused boolean,
    excuse text
)
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    excused as materialized (
        select e.investor_id, e.reason
        from fund._read_close_excuses(p_event) as e
        where e.call_id = p_subject_id
    ),

    moved as materialized (
        select
            l.investor_id,
            sum(l.amount) as amount
        from (
            select c.investor_id, c.capital_amount as amount
            from fund.capital_call_line as c
            where
                p_is_by_unfunded
                and c.fund_id = p_event.fund_id
                and c.event_on = p_event.event_on
                and c.event_id = p_event.event_id
            union all
            select d.investor_id, -d.recallable_amount
            from fund.distribution_line as d
            where
                p_is_by_unfunded
                and d.fund_id = p_event.fund_id
                and d.event_on = p_event.event_on
                and d.event_id = p_event.event_id
        ) as l
        group by l.investor_id
    ),

    part as materialized (
        select
            i.investor_id,
            i.investor_code,
            coalesce(s.weight, 0) as weight,
            coalesce(s.exact_amount, 0) as exact_amount,
            coalesce(s.amount, 0) as amount,
            coalesce(s.recallable_amount, 0) as recallable_amount,
            l.amount is not null as is_admitted,
            coalesce(s.is_excused, false) or e.investor_id is not null as is_excused,
            e.reason as excuse,
            case
                when coalesce(s.is_excused, false) or e.investor_id is not null
                    then coalesce(s.weight, 0)
                when p_is_by_unfunded
                    then greatest(
                        coalesce(s.weight, 0) + coalesce(l.amount, 0) - coalesce(m.amount, 0), 0
                    )
                else coalesce(s.weight, 0) + coalesce(l.amount, 0)
            end as new_weight,
            coalesce(r.exact_amount, 0) as running_exact,
            coalesce(r.amount, 0) as running_amount
        from fund.commitment as c
        inner join fund.investor as i on c.investor_id = i.investor_id
        left join fund._subject_parts(p_event.fund_id, p_subject_id) as s
            on c.investor_id = s.investor_id
        left join fund.commitment_line as l
            on
                c.fund_id = l.fund_id
                and l.event_on = p_event.event_on
                and l.event_id = p_event.event_id
                and c.investor_id = l.investor_id
        left join excused as e on c.investor_id = e.investor_id
        left join moved as m on c.investor_id = m.investor_id
        left join
            unnest(p_running_kinds, p_running_of, p_running_exact, p_running_amounts)
                as r (kind, investor_id, exact_amount, amount)
            on r.kind = p_kind and c.investor_id = r.investor_id
        where
            c.fund_id = p_event.fund_id
            and (
                p_kind <> 'capital_call'
                or c.investor_id not in (
                    select d.investor_id
                    from fund._partners_in_default(p_event.fund_id) as d
                )
            )
    ),

    called as materialized (
        select
            a.key,
            a.exact as exact_amount,
            a.amount
        from (
            select
                sum(p.amount) as amount,
                array_agg(p.investor_code) as codes,
                array_agg(p.new_weight) as weights,
                array_agg(p.running_exact) as running_exact,
                array_agg(p.running_amount) as running_amounts
            from part as p
        ) as x
        cross join lateral fund.allocate(
            x.amount, x.codes, x.weights, x.running_exact, x.running_amounts
        ) as a
    ),

    -- Of what a partner gets, as much is recallable as of the whole.
    recallable as materialized (
        select
            a.key,
            a.amount
        from (
            select
                (select sum(p.recallable_amount) from part as p) as amount,
                array_agg(c.key) as codes,
                array_agg(c.amount) as weights
            from called as c
        ) as x
        cross join lateral fund.allocate(x.amount, x.codes, x.weights) as a
        where x.amount <> 0
    )

    select
        p.investor_id,
        p.investor_code,
        p.new_weight - p.weight,
        c.exact_amount - p.exact_amount,
        c.amount - p.amount,
        coalesce(r.amount, 0.00) - p.recallable_amount,
        p.is_excused,
        p.excuse
    from part as p
    inner join called as c on p.investor_code = c.key
    left join recallable as r on p.investor_code = r.key
    where
        p.is_admitted
        or p.new_weight <> p.weight
        or c.exact_amount <> p.exact_amount
        or c.amount <> p.amount
        or coalesce(r.amount, 0) <> p.recallable_amount
$$;

comment on function fund._legs(
    fund.event, uuid, text, boolean, text[], uuid[], numeric[], numeric[]
) is
'One row per partner whose part of a call''s capital or of a distribution (p_subject_id) a close '
'changes: the changes of its weight, exact share and amount, in the fund''s currency. The amounts '
'add up to 0. p_running_exact and p_running_amounts: what each partner (p_running_of) has of what '
'came before, by kind. Raises what fund._read_close_excuses and fund.allocate raise.';
