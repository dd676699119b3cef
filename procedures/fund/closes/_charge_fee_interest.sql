-- Interest on the management fee that is caught up, for the manager who waited for it: of each
-- period from the day on which its fee was due. The fee that a partner owes is divided among the
-- periods by what each asks for.
create or replace function fund._charge_fee_interest(
    p_event fund.event
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    terms as materialized (
        select t.*
        from fund._terms_on(p_event.fund_id, p_event.event_on) as t
    ),

    period as materialized (
        select
            r.event_id,
            r.from_on::text as name,
            a.investor_id,
            case
                when t.fee_from <> 'first_close' then p_event.event_on
                when (fund._terms_on(r.fund_id, r.from_on)).fee_timing = 'advance'
                    then greatest(r.from_on, fund._first_close_on(r.fund_id))
                else r.to_on
            end as due_on,
            sum(a.exact_amount) as exact_amount
        from fund.fee_run as r
        cross join terms as t
        cross join lateral fund._fee_amounts(
            r.fund_id,
            case
                when t.fee_from = 'first_close' then r.from_on
                else greatest(r.from_on, p_event.event_on)
            end,
            r.to_on,
            p_as_if_from_first_close => t.fee_from = 'first_close',
            p_added_by => p_event.event_id
        ) as a
        where
            r.fund_id = p_event.fund_id
            and r.run_kind = 'period'
            and not exists (
                select
                from fund.event as x
                where x.fund_id = r.fund_id and x.reverses_event_id = r.event_id
            )
        group by r.fund_id, r.event_id, r.from_on, r.to_on, a.investor_id, t.fee_from
    ),

    divided as (
        select
            f.investor_id,
            f.line_number,
            a.key,
            a.amount
        from fund.fee_line as f
        cross join lateral (
            select
                array_agg(p.name) as names,
                array_agg(p.exact_amount) as weights
            from period as p
            where p.investor_id = f.investor_id
        ) as x
        cross join lateral fund.allocate(f.net_amount, x.names, x.weights) as a
        where
            f.fund_id = p_event.fund_id
            and f.event_on = p_event.event_on
            and f.event_id = p_event.event_id
            and f.net_amount > 0
    )

    insert into fund.true_up_interest (
        fund_id, event_id, event_on, line_number, investor_id, subject_id, charged_for, principal,
        from_on, to_on, annual_rate, exact_amount, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        (
            select count(*)
            from fund.true_up_interest as l
            where
                l.fund_id = p_event.fund_id
                and l.event_on = p_event.event_on
                and l.event_id = p_event.event_id
        ) + row_number() over (order by p.name, d.line_number),
        d.investor_id,
        p.event_id,
        'management_fee',
        d.amount,
        p.due_on,
        p_event.event_on,
        t.true_up_rate,
        i.exact_amount,
        round(i.exact_amount, 2)
    from divided as d
    inner join period as p on d.investor_id = p.investor_id and d.key = p.name
    cross join terms as t
    cross join lateral (
        select
            fund.interest(
                d.amount, p.due_on, p_event.event_on, t.true_up_rate, t.true_up_day_count,
                t.true_up_compounding
            ) as exact_amount
    ) as i
    where p.due_on < p_event.event_on and d.amount <> 0
$$;

comment on function fund._charge_fee_interest(fund.event) is
'Writes the interest on the management fee that a close makes partners catch up. Raises QB409 '
'terms_cover_the_day.';
