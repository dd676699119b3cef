-- Why a partner owes this much of an accrual of the management fee: which days, at what rate, on
-- what base, which part of a year; how its cents fell; what was taken off, and what became of it.
create or replace function fund.explain_fee_line(
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
    line as (
        select
            l.*,
            e.event_number,
            r.gross_amount as run_amount,
            sum(l.exact_amount) over () as run_exact_amount
        from fund.fee_line as l
        inner join fund.fee_run as r on l.fund_id = r.fund_id and l.fee_id = r.event_id
        inner join fund.event as e on l.fund_id = e.fund_id and l.fee_id = e.event_id
        where l.fund_id = p_fund_id and l.fee_id = p_event_id and l.event_id = p_event_id
    ),

    own_line as (
        select
            l.*,
            coalesce(b.exact_amount, 0) as exact_before,
            coalesce(b.gross_amount, 0) as gross_before
        from line as l
        left join fund.fee_so_far(p_fund_id, l.event_number) as b
            on l.investor_id = b.investor_id
        where l.investor_id = p_investor_id
    ),

    told as (
        select
            10 as place,
            s.segment_number as number,
            'days' as what,
            s.exact_amount as amount,
            format(
                'From %s to %s, %s days: %s of %s, x %s a year, x %s of a year (%s).',
                s.from_on,
                s.to_on - 1,
                s.to_on - s.from_on,
                case s.fee_base
                    when 'committed' then 'commitment'
                    when 'contributed' then 'contributions'
                    when 'net_invested' then 'share of the cost of investments'
                    else 'net asset value'
                end,
                s.base_amount,
                s.fee_rate,
                s.year_fraction,
                s.day_count
            ) as explanation
        from fund.fee_segment as s
        where
            s.fund_id = p_fund_id
            and s.event_id = p_event_id
            and s.investor_id = p_investor_id
        union all
        select
            20,
            0,
            'gross',
            o.gross_amount,
            format(
                'Exactly %s. All partners owe %s, rounded %s; of that exactly %s is the partner''s,'
                ' after %s exactly and %s rounded of all accruals before: odd cents go to whoever'
                ' is furthest behind.',
                o.exact_amount,
                o.run_exact_amount,
                o.run_amount,
                trim_scale(
                    round(o.exact_amount * o.run_amount / nullif(o.run_exact_amount, 0), 10)
                ),
                trim_scale(round(o.exact_before, 10)),
                o.gross_before
            )
        from own_line as o
        union all
        select
            30,
            k.place,
            k.what,
            -k.amount,
            (
                select
                    string_agg(
                        format(
                            '%s of %s: took %s of all partners%s.',
                            case
                                when a.share is not null
                                    then format('%s %% of the gross fee', trim_scale(100 * a.share))
                                else coalesce(a.credited_amount, a.amount)::text
                            end,
                            a.from_on,
                            x.amount,
                            ' (' || a.memo || ')'
                        ),
                        ' '
                        order by a.from_on, x.adjustment_id
                    )
                from fund.fee_reduction as x
                inner join fund.fee_adjustment as a
                    on x.fund_id = a.fund_id and x.adjustment_id = a.event_id
                where
                    x.fund_id = p_fund_id
                    and x.event_id = p_event_id
                    and a.kind = k.what
                    and (a.investor_id is null or a.investor_id = p_investor_id)
            )
        from own_line as o
        cross join lateral (
            values
            (1, 'waiver', o.waived_amount),
            (2, 'rebate', o.rebated_amount),
            (3, 'offset', o.offset_amount)
        ) as k (place, what, amount)
        where k.amount <> 0
        union all
        select
            40,
            0,
            'net',
            o.net_amount,
            'Gross, less what was taken off.'
        from own_line as o
        union all
        select
            50,
            row_number() over (order by e.event_number)::integer,
            format('%s of %s (event %s)', replace(e.kind, '_', ' '), e.event_on, e.event_number),
            sum(l.net_amount),
            'Changed the partner''s part.'
        from fund.fee_line as l
        inner join fund.event as e on l.fund_id = e.fund_id and l.event_id = e.event_id
        where
            l.fund_id = p_fund_id
            and l.fee_id = p_event_id
            and l.event_id <> p_event_id
            and l.investor_id = p_investor_id
        group by e.event_number, e.kind, e.event_on
    )

    select
        row_number() over (order by t.place, t.number)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    order by t.place, t.number
$$;

comment on function fund.explain_fee_line(uuid, uuid, uuid) is
'Explains a partner''s part of the accrual p_event_id step by step, in the fund''s currency: its '
'days (exact), the gross amount, what was taken off (below 0), the net amount, and what later '
'events changed. No row when the reader sees none.';
grant execute on function fund.explain_fee_line(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
