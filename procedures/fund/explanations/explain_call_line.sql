-- Why a partner's part of a call is what it is: the shares, what came later, what is paid. The
-- shares are divided again from what stood before the call.
create or replace function fund.explain_call_line(
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
    called as (
        select
            i.investor_code,
            l.*,
            b.exact_before,
            b.called_before
        from fund.capital_call_line as l
        inner join fund.investor as i on l.investor_id = i.investor_id
        inner join fund.event as e on l.fund_id = e.fund_id and l.event_id = e.event_id
        left join lateral (
            select
                sum(x.exact_amount) as exact_before,
                sum(x.capital_amount) as called_before
            from fund.capital_call_line as x
            inner join fund.event as y on x.fund_id = y.fund_id and x.event_id = y.event_id
            where
                x.fund_id = l.fund_id
                and x.investor_id = l.investor_id
                and y.event_number < e.event_number
        ) as b on true
        where l.fund_id = p_fund_id and l.event_id = p_event_id and l.reason = 'call'
    ),

    share as (
        select
            x.step,
            x.what,
            x.amount,
            x.explanation
        from fund.capital_call as c
        cross join lateral (
            select
                max(d.investor_code) filter (where d.investor_id = p_investor_id) as code,
                array_agg(d.investor_code) as codes,
                array_agg(d.weight) as weights,
                array_agg(d.exact_before) as exact_before,
                array_agg(d.called_before) as called_before,
                array_agg(d.is_excused) as excused
            from called as d
        ) as a
        cross join lateral fund.explain_allocation(
            a.code, c.capital_amount, a.codes, a.weights, a.exact_before, a.called_before, a.excused
        ) as x
        where c.fund_id = p_fund_id and c.event_id = p_event_id
    ),

    own_line as (
        select
            d.capital_amount,
            d.fee_amount,
            d.exact_fee_amount,
            d.is_excused,
            d.memo,
            (
                select a.event_number
                from fund.event as a
                where
                    a.fund_id = e.fund_id and a.event_id = (e.request ->> 'fee_event_id')::uuid
            ) as accrual
        from called as d
        inner join fund.event as e on d.fund_id = e.fund_id and d.event_id = e.event_id
        where d.investor_id = p_investor_id
    ),

    later as (
        select
            e.event_number,
            format(
                '%s of %s (event %s)', replace(e.kind, '_', ' '), e.event_on, e.event_number
            ) as what,
            sum(l.capital_amount + l.fee_amount) as amount,
            string_agg(distinct l.reason, ', ') as reason
        from fund.capital_call_line as l
        inner join fund.event as e on l.fund_id = e.fund_id and l.event_id = e.event_id
        where
            l.fund_id = p_fund_id
            and l.call_id = p_event_id
            and l.event_id <> p_event_id
            and l.investor_id = p_investor_id
        group by e.event_number, e.kind, e.event_on
    ),

    paid as (
        select coalesce(sum(l.amount), 0) as amount
        from fund.payment_line as l
        where
            l.fund_id = p_fund_id
            and l.call_id = p_event_id
            and l.investor_id = p_investor_id
    ),

    told as (
        select
            s.step as place,
            s.what,
            s.amount,
            s.explanation
        from share as s
        where exists (select from own_line as o)
        union all
        select
            10,
            'limit',
            o.capital_amount,
            'What was left of commitments moved a cent: rounding asks nobody for more than that.'
        from own_line as o
        inner join share as s on s.what = 'amount' and s.amount <> o.capital_amount
        union all
        select
            20,
            'fee',
            o.fee_amount,
            case
                when o.accrual is not null then format('As accrued by event %s.', o.accrual)
                else format(
                    'By commitment among the classes that pay fees: exactly %s, rounded with the '
                    'running total like capital.', o.exact_fee_amount
                )
            end
        from own_line as o
        where o.fee_amount <> 0 or o.exact_fee_amount <> 0
        union all
        select
            30,
            'excuse',
            0,
            coalesce(o.memo, 'No reason was given.')
        from own_line as o
        where o.is_excused
        union all
        select
            100 + l.event_number,
            l.what,
            l.amount,
            format('Changed the partner''s part: %s.', l.reason)
        from later as l
        union all
        select
            9223372036854775806,
            'paid',
            p.amount,
            'Payments and advances for this call.'
        from paid as p
        union all
        select
            9223372036854775807,
            'open',
            coalesce(sum(l.capital_amount + l.fee_amount), 0) - p.amount,
            'What stands as called, less what is paid.'
        from paid as p
        left join fund.capital_call_line as l
            on
                l.fund_id = p_fund_id
                and l.call_id = p_event_id
                and l.investor_id = p_investor_id
        group by p.amount
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    order by t.place
$$;

comment on function fund.explain_call_line(uuid, uuid, uuid) is
'How a partner''s part of the call p_event_id came about, step by step, up to what is open of it; '
'amounts in the fund''s currency. For fund.explain_line.';
grant execute on function fund.explain_call_line(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
