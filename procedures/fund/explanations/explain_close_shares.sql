-- How a close divided each earlier call again for a partner: from what stood when it was recorded,
-- by the commitments after it.
create or replace function fund.explain_close_shares(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (
    call_id uuid,
    call_number integer,
    leg numeric,
    step integer,
    what text,
    amount numeric,
    explanation text
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    event as materialized (
        select
            e.event_id,
            e.event_number
        from fund.event as e
        where
            e.fund_id = p_fund_id
            and e.event_number <= (
                select c.event_number
                from fund.event as c
                where c.fund_id = p_fund_id and c.event_id = p_event_id
            )
    ),

    in_default as materialized (
        select d.investor_id
        from fund.partner_default as d
        inner join event as e on d.event_id = e.event_id
        where
            d.fund_id = p_fund_id
            and not exists (
                select
                from fund.event as r
                inner join event as x on r.event_id = x.event_id
                where r.fund_id = p_fund_id and r.reverses_event_id = d.event_id
            )
    ),

    part as (
        select
            l.call_id,
            c.call_number,
            o.event_number,
            l.investor_id,
            i.investor_code,
            sum(l.weight) as weight,
            sum(l.exact_amount) as exact_amount,
            sum(l.capital_amount) as amount,
            sum(l.capital_amount) filter (where l.event_id = p_event_id) as leg,
            sum(l.weight) = 0 and sum(fund.excuse_sign(l.is_excused, l.reason)) > 0
                as is_excused
        from fund.capital_call_line as l
        inner join event as e on l.event_id = e.event_id
        inner join event as o on l.call_id = o.event_id
        inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
        inner join fund.investor as i on l.investor_id = i.investor_id
        where l.fund_id = p_fund_id
        group by l.call_id, c.call_number, o.event_number, l.investor_id, i.investor_code
    ),

    running as materialized (
        select
            p.*,
            coalesce(sum(p.exact_amount) over calls_before, 0) as exact_before,
            coalesce(sum(p.amount) over calls_before, 0) as amount_before
        from part as p
        where p.investor_id not in (select d.investor_id from in_default as d)
        window calls_before as (
            partition by p.investor_id
            order by p.event_number
            rows between unbounded preceding and 1 preceding
        )
    )

    select
        o.call_id,
        o.call_number,
        o.leg,
        s.step,
        s.what,
        s.amount,
        s.explanation
    from running as o
    cross join lateral (
        select
            sum(r.amount) as amount,
            array_agg(r.investor_code) as codes,
            array_agg(r.weight) as weights,
            array_agg(r.exact_before) as exact_before,
            array_agg(r.amount_before) as amounts_before,
            array_agg(r.is_excused) as excused
        from running as r
        where r.call_id = o.call_id
    ) as a
    cross join lateral fund.explain_allocation(
        o.investor_code, a.amount, a.codes, a.weights, a.exact_before, a.amounts_before, a.excused
    ) as s
    where o.investor_id = p_investor_id and o.leg is not null and o.call_id <> p_event_id
$$;

comment on function fund.explain_close_shares(uuid, uuid, uuid) is
'The steps of fund.explain_allocation of every earlier call that the close p_event_id changed for '
'the partner, with the change (leg), in the fund''s currency. For fund.explain_close.';
grant execute on function fund.explain_close_shares(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
