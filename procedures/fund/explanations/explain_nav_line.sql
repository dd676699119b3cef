-- Why a partner was allocated what it was with a net asset value, and what its capital account is
-- made of. The result since the books began is shared again from what was recorded by then.
create or replace function fund.explain_nav_line(
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
    mark as materialized (
        select
            e.event_number,
            n.*
        from fund.nav as n
        inner join fund.event as e on n.fund_id = e.fund_id and n.event_id = e.event_id
        where n.fund_id = p_fund_id and n.event_id = p_event_id
    ),

    earlier as materialized (
        select
            e.event_on,
            e.event_id
        from mark as m
        inner join fund.event as e
            on
                m.fund_id = e.fund_id
                and m.event_number > e.event_number
                and m.as_of >= e.event_on
    ),

    part as materialized (
        select
            x.investor_id,
            sum(x.weight) as weight,
            sum(x.fee) as fee,
            sum(x.amount_before) as amount_before,
            sum(x.amount) as amount
        from (
            select l.investor_id, l.amount as weight, 0 as fee, 0 as amount_before, 0 as amount
            from earlier as e
            inner join fund.commitment_line as l
                on
                    l.fund_id = p_fund_id
                    and e.event_on = l.event_on
                    and e.event_id = l.event_id
            union all
            select l.investor_id, 0, l.net_amount, 0, 0
            from earlier as e
            inner join fund.fee_line as l
                on
                    l.fund_id = p_fund_id
                    and e.event_on = l.event_on
                    and e.event_id = l.event_id
            union all
            select l.investor_id, 0, 0, l.result_amount, 0
            from earlier as e
            inner join fund.nav_line as l
                on
                    l.fund_id = p_fund_id
                    and e.event_on = l.event_on
                    and e.event_id = l.event_id
            union all
            select l.investor_id, 0, 0, 0, l.result_amount
            from fund.nav_line as l
            where l.fund_id = p_fund_id and l.event_id = p_event_id
        ) as x
        group by x.investor_id
    ),

    together as (
        select
            max(i.investor_code) filter (where p.investor_id = p_investor_id) as code,
            array_agg(i.investor_code) as codes,
            array_agg(p.weight) as weights,
            sum(p.fee) as fee,
            sum(p.amount_before) as amount_before,
            sum(p.amount) as amount
        from part as p
        inner join fund.investor as i on p.investor_id = i.investor_id
    ),

    own_line as (
        select
            p.*,
            l.nav_amount
        from part as p
        inner join fund.nav_line as l on p.investor_id = l.investor_id
        where l.fund_id = p_fund_id and l.event_id = p_event_id and l.investor_id = p_investor_id
    ),

    told as (
        select
            array[v.place] as place,
            v.what,
            v.amount,
            v.explanation
        from mark as m
        cross join together as t
        cross join lateral (
            values
            (1, 'fair value', m.fair_value, format('Of all investments on %s.', m.as_of)),
            (2, 'net asset value', m.nav_amount, 'What the books then showed, of all partners.'),
            (3, 'result of all partners', t.amount, 'Since it was allocated last.'),
            (4, 'results before', t.amount_before, 'Allocated since the books began.'),
            (5, 'fees', t.fee, 'Of all partners: each bears its own, the rest is shared.')
        ) as v (place, what, amount, explanation)
        where exists (select from own_line as o)
        union all
        select
            array[6, x.step],
            x.what,
            x.amount,
            case x.what
                when 'amount to share'
                    then 'The three together, anew each time: by commitments of the day.'
                else x.explanation
            end
        from together as t
        cross join lateral fund.explain_allocation(
            t.code, t.amount + t.amount_before + t.fee, t.codes, t.weights
        ) as x
        where
            t.code is not null
            and exists (select from own_line as o)
            -- All of it is shared each time: there is nothing before.
            and x.what not in ('exact shares before', 'amounts before', 'behind')
        union all
        select
            array[7, v.place],
            v.what,
            v.amount,
            v.explanation
        from own_line as o
        cross join lateral (
            values
            (1, 'own fees', -o.fee, 'Net management fees of the partner so far.'),
            (2, 'allocated before', -o.amount_before, 'What it had of that share already.'),
            (3, 'result', o.amount, 'Amount, own fees and allocated before: allocated now.')
        ) as v (place, what, amount, explanation)
        union all
        select
            array[8, row_number() over (order by a.account_number)],
            a.account_name,
            a.amount,
            format('Account %s of the partner on that day.', a.account_number)
        from fund.marked_capital(p_fund_id, p_event_id, p_investor_id) as a
        where exists (select from own_line as o)
        union all
        select
            array[9],
            'capital account',
            o.nav_amount,
            'These accounts together: the partner''s part of net asset value.'
        from own_line as o
        union all
        select
            array[10, e.event_number],
            format('%s of %s (event %s)', replace(e.kind, '_', ' '), e.event_on, e.event_number),
            sum(l.result_amount),
            format(
                'Changed what it was allocated%s.',
                ', and its capital account by ' || nullif(sum(l.nav_amount), 0)
            )
        from fund.nav_line as l
        inner join fund.event as e on l.fund_id = e.fund_id and l.event_id = e.event_id
        where
            l.fund_id = p_fund_id
            and l.nav_id = p_event_id
            and l.event_id <> p_event_id
            and l.investor_id = p_investor_id
        group by e.event_number, e.kind, e.event_on
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    order by t.place
$$;

comment on function fund.explain_nav_line(uuid, uuid, uuid) is
'How what a partner was allocated with the net asset value p_event_id came about, step by step, up '
'to its capital account and what later events changed; amounts in the fund''s currency, weights in '
'what they weigh. For fund.explain_line.';
grant execute on function fund.explain_nav_line(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
