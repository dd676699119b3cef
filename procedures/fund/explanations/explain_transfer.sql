-- Why a transfer moved this to a partner, or from it: each amount that there was, the fraction, and
-- where the cent that cannot be split stayed.
create or replace function fund.explain_transfer(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (step integer, what text, amount numeric, explanation text)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    transfer as materialized (
        select
            t.seller_id,
            t.fraction,
            e.event_number
        from fund.transfer as t
        inner join fund.event as e on t.fund_id = e.fund_id and t.event_id = e.event_id
        where t.fund_id = p_fund_id and t.event_id = p_event_id
    ),

    line as (
        select
            l.event_id, l.investor_id, array[1] as place, 'commitment' as what, l.amount
        from fund.commitment_line as l
        where l.fund_id = p_fund_id
        union all
        select
            l.event_id, l.investor_id, array[2, c.call_number, x.place],
            format('call %s: %s', c.call_number, x.what), x.amount
        from fund.capital_call_line as l
        inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
        cross join lateral (
            values (1, 'capital', l.capital_amount), (2, 'fee', l.fee_amount)
        ) as x (place, what, amount)
        where l.fund_id = p_fund_id
        union all
        select
            l.event_id, l.investor_id, array[2, coalesce(c.call_number, 2147483647), 3],
            case l.applied_to
                when 'call' then format('call %s: paid', c.call_number)
                else replace(l.applied_to, '_', ' ') || ': paid'
            end,
            l.amount
        from fund.payment_line as l
        left join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
        where l.fund_id = p_fund_id
        union all
        select l.event_id, l.investor_id, array[3], 'late interest', l.amount
        from fund.late_interest as l
        where l.fund_id = p_fund_id
        union all
        select
            l.event_id, l.investor_id, array[4, d.distribution_number, x.place],
            format('distribution %s: %s', d.distribution_number, x.what), x.amount
        from fund.distribution_line as l
        inner join fund.distribution as d
            on l.fund_id = d.fund_id and l.distribution_id = d.event_id
        cross join lateral (
            values (1, 'amount', l.amount), (2, 'recallable', l.recallable_amount)
        ) as x (place, what, amount)
        where l.fund_id = p_fund_id
        union all
        select l.event_id, l.investor_id, array[5], 'management fees', l.net_amount
        from fund.fee_line as l
        where l.fund_id = p_fund_id
        union all
        select l.event_id, l.investor_id, array[6], 'interest of closes', l.amount
        from fund.true_up_interest as l
        where l.fund_id = p_fund_id
        union all
        select l.event_id, l.investor_id, array[7], 'results', l.result_amount
        from fund.nav_line as l
        where l.fund_id = p_fund_id
    ),

    told as (
        select
            l.place,
            l.what,
            coalesce(
                sum(l.amount) filter (
                    where l.event_id = p_event_id and l.investor_id = p_investor_id
                ),
                0
            ) as amount,
            coalesce(
                sum(l.amount) filter (
                    where l.investor_id = t.seller_id and e.event_number < t.event_number
                ),
                0
            ) as had
        from line as l
        inner join fund.event as e on e.fund_id = p_fund_id and l.event_id = e.event_id
        cross join transfer as t
        where l.investor_id in (t.seller_id, p_investor_id)
        group by l.place, l.what
    )

    select
        row_number() over (order by o.place)::integer,
        o.what,
        o.amount,
        format(
            'The seller had %s; times %s, cut off to the cent%s.', o.had, trim_scale(t.fraction),
            case when cardinality(o.place) = 3 then '' else ' line by line' end
        )
    from told as o
    cross join transfer as t
    where
        o.amount <> 0
        and exists (
            select
            from fund.transfer as x
            where
                x.fund_id = p_fund_id
                and x.event_id = p_event_id
                and p_investor_id in (x.seller_id, x.buyer_id)
        )
    order by o.place
$$;

comment on function fund.explain_transfer(uuid, uuid, uuid) is
'What the transfer p_event_id moved to a partner (above 0) or from it, with what the seller had; '
'amounts in the fund''s currency. For fund.explain_line.';
grant execute on function fund.explain_transfer(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
