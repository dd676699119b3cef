-- What the default of a partner took back: of each open call what was called less what was paid.
create or replace function fund.explain_default(
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
    line as materialized (
        select
            l.*,
            c.call_number,
            c.due_on,
            e.event_number
        from fund.capital_call_line as l
        inner join fund.event as e on l.fund_id = e.fund_id and l.event_id = e.event_id
        inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
        where
            l.fund_id = p_fund_id
            and l.event_id = p_event_id
            and l.investor_id = p_investor_id
    ),

    told as (
        select
            array[l.call_number, x.place] as place,
            format('call %s: %s', l.call_number, x.what) as what,
            x.amount,
            x.explanation
        from line as l
        cross join lateral (
            select sum(o.capital_amount + o.fee_amount) as amount
            from fund.capital_call_line as o
            inner join fund.event as e on o.fund_id = e.fund_id and o.event_id = e.event_id
            where
                o.fund_id = l.fund_id
                and o.investor_id = l.investor_id
                and o.call_id = l.call_id
                and e.event_number < l.event_number
        ) as called
        cross join lateral (
            select coalesce(sum(o.amount), 0) as amount
            from fund.payment_line as o
            inner join fund.event as e on o.fund_id = e.fund_id and o.event_id = e.event_id
            where
                o.fund_id = l.fund_id
                and o.investor_id = l.investor_id
                and o.call_id = l.call_id
                and e.event_number < l.event_number
        ) as paid
        cross join lateral (
            values
            (1, 'called', called.amount, format('Capital and fee, due on %s.', l.due_on)),
            (2, 'paid', paid.amount, 'It stays paid, and counts for the fee first.'),
            (
                3,
                'taken back',
                l.capital_amount + l.fee_amount,
                format(
                    'What was open: capital %s, fee %s.',
                    round(-l.capital_amount, 2),
                    round(-l.fee_amount, 2)
                )
            )
        ) as x (place, what, amount, explanation)
        union all
        select
            array[2147483647, 1],
            'taken back',
            sum(l.capital_amount + l.fee_amount),
            'No longer expected, and no later call asks the partner. Late interest stays owed.'
        from line as l
        having count(*) > 0
        union all
        select
            array[2147483647, 2],
            format('reversal of %s (event %s)', e.event_on, e.event_number),
            -sum(l.capital_amount + l.fee_amount),
            'Took all of it back.'
        from line as l
        inner join fund.event as e
            on l.fund_id = e.fund_id and l.event_id = e.reverses_event_id
        group by e.event_on, e.event_number
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    order by t.place
$$;

comment on function fund.explain_default(uuid, uuid, uuid) is
'What the default p_event_id took back of the partner''s calls, call by call (below 0), in the '
'fund''s currency. For fund.explain_line.';
grant execute on function fund.explain_default(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
