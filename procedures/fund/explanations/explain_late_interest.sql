-- The late interest that a payment was charged, step by step: what was late, for how long, what
-- that costs.
create or replace function fund.explain_late_interest(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (line_number integer, step integer, what text, amount numeric, explanation text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        l.line_number,
        x.step,
        format('call %s: %s', c.call_number, x.what),
        x.amount,
        x.explanation
    from fund.late_interest as l
    inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
    inner join fund.terms as t
        on
            l.fund_id = t.fund_id
            and l.event_on >= t.valid_from
            and (t.valid_to is null or l.event_on < t.valid_to)
    cross join lateral (
        values
        (
            1,
            'late',
            l.late_amount,
            format(
                'Not there on %s, nor in %s days of grace.', l.from_on, t.late_grace_days
            )
        ),
        (
            2,
            'days late',
            l.to_on - l.from_on,
            format('From the due date, %s, to the receipt, %s.', l.from_on, l.to_on)
        ),
        (
            3,
            'part of a year',
            fund.year_fraction(l.from_on, l.to_on, t.late_interest_day_count),
            format('These days in the day count %s.', t.late_interest_day_count)
        ),
        (
            4,
            'late interest',
            l.amount,
            format(
                '%s x %s a year x the part of a year: exactly %s. Charged beside the call.',
                round(l.late_amount, 2), trim_scale(l.annual_rate), trim_scale(l.exact_amount)
            )
        )
    ) as x (step, what, amount, explanation)
    where
        l.fund_id = p_fund_id
        and l.event_id = p_event_id
        and l.investor_id = p_investor_id
$$;

comment on function fund.explain_late_interest(uuid, uuid, uuid) is
'Four steps for each call of which the payment p_event_id came late, by line_number: what was late '
'and the interest in the fund''s currency, days, part of a year. For fund.explain_payment.';
grant execute on function fund.explain_late_interest(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
