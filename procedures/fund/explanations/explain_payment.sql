-- What became of a payment: the calls that it paid and why these, the interest of having come late,
-- step by step, and what is kept in advance.
create or replace function fund.explain_payment(
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
    payment as materialized (
        select
            p.*,
            e.event_number,
            (e.request ->> 'call_id')::uuid as named_call
        from fund.payment as p
        inner join fund.event as e on p.fund_id = e.fund_id and p.event_id = e.event_id
        where
            p.fund_id = p_fund_id
            and p.event_id = p_event_id
            and p.investor_id = p_investor_id
    ),

    line as materialized (
        select l.*
        from payment as p
        inner join fund.payment_line as l
            on
                p.fund_id = l.fund_id
                and p.received_on = l.event_on
                and p.event_id = l.event_id
    ),

    before as (
        select
            l.applied_to,
            l.call_id,
            sum(l.amount) as amount,
            coalesce(sum(l.amount) filter (where l.event_on <= p.received_on), 0) as amount_by_then
        from payment as p
        inner join fund.payment_line as l
            on p.fund_id = l.fund_id and p.investor_id = l.investor_id
        inner join fund.event as e
            on
                l.fund_id = e.fund_id
                and l.event_id = e.event_id
                and p.event_number > e.event_number
        group by l.applied_to, l.call_id
    ),

    told as (
        select
            array[1] as place,
            'received' as what,
            p.amount,
            concat_ws(' ', format('On %s.', p.received_on), p.memo) as explanation
        from payment as p
        union all
        select
            array[2],
            'advance before',
            least(b.amount, b.amount_by_then),
            'Left of earlier payments: it goes first, and was there in time.'
        from before as b
        where b.applied_to = 'advance' and least(b.amount, b.amount_by_then) > 0
        union all
        select
            array[3, l.line_number, 1],
            format('call %s', c.call_number),
            l.amount,
            format(
                'Due on %s. Open of it: %s called less %s paid before. %s',
                c.due_on,
                round(o.amount, 2),
                round(coalesce(b.amount, 0), 2),
                case
                    when l.call_id = p.named_call then 'The payment names it.'
                    else 'The call due first is paid first.'
                end
            )
        from payment as p
        cross join line as l
        inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
        left join before as b on l.call_id = b.call_id
        cross join lateral (
            select sum(x.capital_amount + x.fee_amount) as amount
            from fund.capital_call_line as x
            inner join fund.event as e on x.fund_id = e.fund_id and x.event_id = e.event_id
            where
                x.fund_id = p.fund_id
                and x.investor_id = p.investor_id
                and x.call_id = l.call_id
                and e.event_number < p.event_number
        ) as o
        union all
        select
            array[3, i.line_number, 1 + i.step],
            i.what,
            i.amount,
            i.explanation
        from payment as p
        cross join lateral fund.explain_late_interest(p.fund_id, p.event_id, p.investor_id) as i
        union all
        select
            array[4, 1],
            'paid of late interest',
            l.amount,
            format(
                'Charged so far %s, paid before %s.', o.amount, round(coalesce(b.amount, 0), 2)
            )
        from payment as p
        inner join line as l on l.applied_to = 'late_interest'
        left join before as b on b.applied_to = 'late_interest'
        cross join lateral (
            select sum(x.amount) as amount
            from fund.late_interest as x
            inner join fund.event as e on x.fund_id = e.fund_id and x.event_id = e.event_id
            where
                x.fund_id = p.fund_id
                and x.investor_id = p.investor_id
                and e.event_number <= p.event_number
        ) as o
        union all
        select
            array[4, 2],
            'advance',
            l.amount,
            case
                when l.amount < 0 then 'Used of the advance before.'
                else 'Kept for the next call or late interest.'
            end
        from line as l
        where l.applied_to = 'advance'
        union all
        select
            array[5],
            'accounted for',
            sum(l.amount),
            'What went to calls, late interest and the advance: what was received.'
        from line as l
        having count(*) > 0
        union all
        select
            array[6],
            format('reversal of %s (event %s)', e.event_on, e.event_number),
            -p.amount,
            'Took all of it back.'
        from payment as p
        inner join fund.event as e
            on p.fund_id = e.fund_id and p.event_id = e.reverses_event_id
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    order by t.place
$$;

comment on function fund.explain_payment(uuid, uuid, uuid) is
'What became of the payment p_event_id of a partner, step by step; amounts in the fund''s '
'currency. For fund.explain_line.';
grant execute on function fund.explain_payment(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
