-- Why a close asks this of a partner, or gives it back: how each earlier call is shared after it,
-- what the partner had of it, what became of the difference, and its interest.
create or replace function fund.explain_close(
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
    share as materialized (
        select s.*
        from fund.explain_close_shares(p_fund_id, p_event_id, p_investor_id) as s
    ),

    leg as (
        select
            s.call_id,
            s.call_number,
            s.leg,
            s.amount,
            coalesce(
                (
                    select sum(p.amount)
                    from fund.payment_line as p
                    where
                        p.fund_id = p_fund_id
                        and p.event_id = p_event_id
                        and p.investor_id = p_investor_id
                        and p.call_id = s.call_id
                ),
                0
            ) as paid
        from share as s
        where s.step = 9
    ),

    told as (
        select
            array[1] as place,
            'commitment' as what,
            l.amount,
            'Added by the close.' as explanation
        from fund.commitment_line as l
        where
            l.fund_id = p_fund_id and l.event_id = p_event_id and l.investor_id = p_investor_id
        union all
        select
            array[2, s.call_number, s.step],
            format('call %s: %s', s.call_number, s.what),
            s.amount,
            s.explanation
        from share as s
        union all
        select
            array[2, g.call_number, x.place],
            format('call %s: %s', g.call_number, x.what),
            x.amount,
            x.explanation
        from leg as g
        cross join lateral (
            values
            (10, 'had', g.amount - g.leg, 'What was called of the partner before the close.'),
            (11, 'leg', g.leg, 'What it should have had less what it had.'),
            (12, 'owed less', least(g.leg, 0) - least(g.paid, 0), 'It had not paid that much yet.'),
            (13, 'paid', greatest(g.paid, 0), 'On the day of the close.'),
            (14, 'paid back', least(g.paid, 0), 'On the day of the close, of what it had paid.')
        ) as x (place, what, amount, explanation)
        where x.amount <> 0 or x.place < 12
        union all
        select
            array[3, d.distribution_number, x.place],
            format('distribution %s: %s', d.distribution_number, x.what),
            x.amount,
            x.explanation
        from fund.distribution_line as l
        inner join fund.distribution as d
            on l.fund_id = d.fund_id and l.distribution_id = d.event_id
        cross join lateral (
            values
            (1, 'leg', l.amount, 'What it should have had less what it had.'),
            (2, 'recallable', l.recallable_amount, 'Of that, what can be called again.')
        ) as x (place, what, amount, explanation)
        where
            l.fund_id = p_fund_id
            and l.event_id = p_event_id
            and l.investor_id = p_investor_id
            -- A leg of nothing is one: the part that it leaves is by other shares.
            and (x.amount <> 0 or x.place = 1)
        union all
        select
            array[4, t.line_number],
            concat_ws(
                ' ', 'interest,', replace(t.charged_for, '_', ' '),
                coalesce(
                    c.call_number::text, d.distribution_number::text, 'since ' || t.from_on
                )
            ),
            t.amount,
            format(
                '%s from %s to %s at %s a year, exactly %s%s.', t.principal, t.from_on, t.to_on,
                trim_scale(t.annual_rate), trim_scale(t.exact_amount),
                case
                    when t.amount < 0
                        then ': its part of what the others pay, by what each is owed'
                    else ''
                end
            )
        from fund.true_up_interest as t
        left join fund.capital_call as c on t.fund_id = c.fund_id and t.subject_id = c.event_id
        left join fund.distribution as d on t.fund_id = d.fund_id and t.subject_id = d.event_id
        where
            t.fund_id = p_fund_id and t.event_id = p_event_id and t.investor_id = p_investor_id
        union all
        select
            array[5],
            'management fee, caught up',
            l.net_amount,
            'fund.explain_fee_line tells its days, rates and bases.'
        from fund.fee_line as l
        where
            l.fund_id = p_fund_id and l.event_id = p_event_id and l.investor_id = p_investor_id
        union all
        select
            array[6],
            'result',
            l.result_amount,
            'What its part of the results, shared anew after the close, is more.'
        from fund.nav_line as l
        where
            l.fund_id = p_fund_id and l.event_id = p_event_id and l.investor_id = p_investor_id
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    order by t.place
$$;

comment on function fund.explain_close(uuid, uuid, uuid) is
'How what the close p_event_id wrote for a partner came about, step by step, call by call; amounts '
'in the fund''s currency, weights in what they weigh. For fund.explain_line.';
grant execute on function fund.explain_close(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
