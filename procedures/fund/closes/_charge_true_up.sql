-- Interest on what later partners bring in, as if it had been there from the due date of each call:
-- they pay it outside their commitment, and by the terms it goes to those who had to pay their part
-- before, to the fund, or to the manager. Of a distribution they get the part that others had in
-- the meantime, with interest the other way. It is rounded per partner who came later and call; the
-- sum is divided among the others by what each gets back of its own money.
create or replace function fund._charge_true_up(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_terms fund.terms := fund._terms_on(p_event.fund_id, p_event.event_on);
begin
    with
    leg as materialized (
        select
            s.subject_id,
            s.event_number,
            s.interest_from_on,
            case s.kind when 'capital_call' then 'call' else 'distribution' end as charged_for,
            -- Who has too much of a distribution pays, who has too little gets.
            case s.kind when 'capital_call' then 1 else -1 end as side,
            l.investor_id,
            i.investor_code,
            l.amount,
            l.paid_back
        from fund._rebalanced_subjects(p_event.fund_id) as s
        inner join (
            select
                x.subject_id,
                x.investor_id,
                sum(x.amount) as amount,
                sum(x.paid_back) as paid_back
            from (
                select c.call_id as subject_id, c.investor_id, c.capital_amount as amount,
                    0 as paid_back
                from fund.capital_call_line as c
                where
                    c.fund_id = p_event.fund_id
                    and c.event_on = p_event.event_on
                    and c.event_id = p_event.event_id
                union all
                select p.call_id, p.investor_id, 0, least(p.amount, 0)
                from fund.payment_line as p
                where
                    p.fund_id = p_event.fund_id
                    and p.event_on = p_event.event_on
                    and p.event_id = p_event.event_id
            ) as x
            group by x.subject_id, x.investor_id
            union all
            select
                d.distribution_id,
                d.investor_id,
                d.amount,
                least(d.amount, 0)
            from fund.distribution_line as d
            where
                d.fund_id = p_event.fund_id
                and d.event_on = p_event.event_on
                and d.event_id = p_event.event_id
        ) as l on s.subject_id = l.subject_id
        inner join fund.investor as i on l.investor_id = i.investor_id
        where s.interest_from_on < p_event.event_on and l.amount <> 0
    ),

    later as materialized (
        select
            g.*,
            g.amount as principal,
            fund.interest(
                g.amount, g.interest_from_on, p_event.event_on, v_terms.true_up_rate,
                v_terms.true_up_day_count, v_terms.true_up_compounding
            ) as exact_amount
        from leg as g
        where g.amount > 0
    ),

    -- Whoever had paid nothing of a call lent nothing; when nobody had, the legs decide.
    share as materialized (
        select
            g.*,
            case
                when sum(g.paid_back) over of_subject = 0 then g.amount else g.paid_back
            end as principal
        from leg as g
        where g.amount < 0 and v_terms.true_up_recipient = 'earlier_partners'
        window of_subject as (partition by g.subject_id)
    ),

    -- Who is who goes along with what is divided: a close writes tens of thousands of rows, and
    -- nothing is known of them when a join is planned.
    divided as (
        select
            x.*,
            a.investor_id,
            a.investor_code,
            a.principal,
            a.exact_amount,
            a.amount
        from (
            select
                s.subject_id,
                s.event_number,
                s.charged_for,
                s.interest_from_on,
                s.side,
                array_agg(s.investor_id) as investors,
                array_agg(s.investor_code) as codes,
                array_agg(s.principal) as principals,
                array_agg(-s.principal) as weights,
                (
                    select sum(round(l.exact_amount, 2))
                    from later as l
                    where l.subject_id = s.subject_id
                ) as total
            from share as s
            group by s.subject_id, s.event_number, s.charged_for, s.interest_from_on, s.side
        ) as x
        cross join lateral rows from (
            unnest(x.investors, x.codes, x.principals),
            fund.allocate(-x.total, x.codes, x.weights)
        ) as a (investor_id, investor_code, principal, key, exact_amount, amount)
    ),

    line as (
        select
            l.subject_id, l.event_number, l.charged_for, l.interest_from_on, l.investor_id,
            l.investor_code, l.side * l.principal as principal,
            l.side * l.exact_amount as exact_amount,
            l.side * round(l.exact_amount, 2) as amount
        from later as l
        union all
        select
            d.subject_id, d.event_number, d.charged_for, d.interest_from_on, d.investor_id,
            d.investor_code, d.side * d.principal, d.side * d.exact_amount, d.side * d.amount
        from divided as d
    )

    insert into fund.true_up_interest (
        fund_id, event_id, event_on, line_number, investor_id, subject_id, charged_for, principal,
        from_on, to_on, annual_rate, exact_amount, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by n.event_number, n.investor_code collate "C"),
        n.investor_id,
        n.subject_id,
        n.charged_for,
        n.principal,
        n.interest_from_on,
        p_event.event_on,
        v_terms.true_up_rate,
        n.exact_amount,
        n.amount
    from line as n;
end
$$;

comment on function fund._charge_true_up(fund.event) is
'Writes the interest on the legs of a close by the terms of its day. Raises QB409 '
'terms_cover_the_day.';
