-- The split of a distribution in proportion to commitment, as it stands now: what changes it comes
-- in order of days, and who was admitted by a close that is taken back has none, on whatever day it
-- was. Running totals of all distributions are what is rounded: nobody drifts by a cent each time.
create or replace function fund._pro_rata_split(
    p_fund_id uuid,
    p_amount numeric
)
returns table (investor_id uuid, weight numeric, exact_amount numeric, amount numeric)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    commitments as materialized (
        select
            l.investor_id,
            sum(l.amount) as amount
        from fund.commitment_line as l
        where l.fund_id = p_fund_id
        group by l.investor_id
        having sum(l.amount) > 0
    ),

    distributed as (
        select
            l.investor_id,
            sum(l.exact_amount) as exact_amount,
            sum(l.amount) as amount
        from fund.distribution_line as l
        where l.fund_id = p_fund_id
        group by l.investor_id
    ),

    partners as (
        select
            array_agg(i.investor_code) as keys,
            array_agg(c.amount) as weights,
            array_agg(coalesce(d.exact_amount, 0)) as exact,
            array_agg(coalesce(d.amount, 0)) as allocated
        from commitments as c
        inner join fund.investor as i on c.investor_id = i.investor_id
        left join distributed as d on c.investor_id = d.investor_id
    ),

    -- Materialized: shared once, not once for each partner.
    shares as materialized (
        select
            a.key,
            a.exact,
            a.amount
        from partners as p
        cross join lateral fund.allocate(p_amount, p.keys, p.weights, p.exact, p.allocated) as a
    )

    select
        c.investor_id,
        c.amount,
        s.exact,
        s.amount
    from shares as s
    inner join fund.investor as i on s.key = i.investor_code
    inner join commitments as c on i.investor_id = c.investor_id
$$;

comment on function fund._pro_rata_split(uuid, numeric) is
'One row per partner with a commitment: it, the exact part of p_amount, and the part to '
'the cent. Raises QB409 allocation_has_a_share.';
