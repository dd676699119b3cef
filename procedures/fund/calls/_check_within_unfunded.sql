-- No call asks for more than can be called: not on its notice, nor by what was recorded for later
-- days.
create or replace function fund._check_within_unfunded(
    p_event fund.event
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_last_on date := (
        select max(e.event_on)
        from fund.event as e
        where e.fund_id = p_event.fund_id
    );
    v_offenders text;
begin
    select
        string_agg(
            format('%s: asked %s, unfunded %s', o.investor_code, o.asked, o.asked + o.left_over),
            '; ' order by o.investor_code collate "C"
        )
    into v_offenders
    from (
        select
            i.investor_code,
            l.capital_amount + l.fee_amount as asked,
            min(u.unfunded_amount) as left_over,
            row_number() over (order by i.investor_code collate "C") as place
        from unnest(array[p_event.event_on, nullif(v_last_on, p_event.event_on)]) as d (as_of)
        cross join lateral fund.unfunded(p_event.fund_id, d.as_of) as u
        inner join fund.capital_call_line as l
            on
                u.investor_id = l.investor_id
                and l.fund_id = p_event.fund_id
                and l.event_on = p_event.event_on
                and l.event_id = p_event.event_id
        inner join fund.investor as i on l.investor_id = i.investor_id
        where
            d.as_of is not null
            and u.unfunded_amount < 0
            and l.capital_amount + l.fee_amount > 0
        group by i.investor_code, l.capital_amount, l.fee_amount
    ) as o
    where o.place <= 5;
    if v_offenders is not null then
        raise exception using
            errcode = 'QB409',
            constraint = 'call_within_unfunded',
            column = 'capital_amount',
            message = 'The call asks partners for more than is left of their commitments.',
            detail = v_offenders,
            hint = 'Call less, excuse them, or set the terms to share by unfunded commitment.';
    end if;
end
$$;

comment on function fund._check_within_unfunded(fund.event) is
'Refuses a call that asks a partner for more than fund.unfunded. Raises QB409 '
'call_within_unfunded, which names the first five.';
