-- A distribution: declared, it is owed to the partners; paid, it has left the fund's cash. Both are
-- booked at once, each on its day.
create or replace function fund._write_distribution(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_amount numeric := fund._read_amount(p_event.request, 'amount');
    v_paid_on date := fund._read_day(p_event.request, 'paid_on', p_event.event_on);
    v_expiry_days integer := (
        fund._terms_on(p_event.fund_id, p_event.event_on)
    ).recallable_expiry_days;
    v_recallable numeric;
    v_declared jsonb;
    v_paid jsonb;
begin
    perform fund.check_fields(
        p_event.request,
        array[
            'declared_on', 'paid_on', 'amount', 'recallable_amount', 'purpose', 'lines'
        ]
    );
    if jsonb_typeof(p_event.request -> 'lines') = 'null' then
        p_event.request := p_event.request - 'lines';
    end if;
    v_recallable := fund._recallable_amount(p_event, v_amount);

    insert into fund.distribution (
        fund_id, event_id, distribution_number, declared_on, paid_on, amount, recallable_amount,
        recallable_until, purpose
    )
    values (
        p_event.fund_id,
        p_event.event_id,
        1 + (select count(*) from fund.distribution as d where d.fund_id = p_event.fund_id),
        p_event.event_on,
        v_paid_on,
        v_amount,
        v_recallable,
        case when v_recallable > 0 then v_paid_on + v_expiry_days end,
        p_event.request ->> 'purpose'
    );
    perform fund._check_cash(p_event.fund_id, v_paid_on, v_amount);

    insert into fund.distribution_line (
        fund_id, event_id, event_on, line_number, distribution_id, investor_id, reason, weight,
        exact_amount, amount, recallable_amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        s.line_number,
        p_event.event_id,
        s.investor_id,
        s.reason,
        s.weight,
        s.exact_amount,
        s.amount,
        s.recallable_amount
    from fund._split_distribution(p_event, v_amount, v_recallable) as s;

    select
        jsonb_agg(x.line order by x.side, l.line_number) filter (where x.is_declared),
        jsonb_agg(x.line order by l.line_number) filter (where not x.is_declared)
        || jsonb_build_object('account', '1000', 'credit', v_amount)
    into v_declared, v_paid
    from fund.distribution_line as l
    cross join lateral (
        values
        (
            true, 1,
            jsonb_build_object('account', '3100', 'partner_id', l.investor_id, 'debit', l.amount)
        ),
        (
            true, 2,
            jsonb_build_object('account', '2300', 'partner_id', l.investor_id, 'credit', l.amount)
        ),
        (
            false, 1,
            jsonb_build_object('account', '2300', 'partner_id', l.investor_id, 'debit', l.amount)
        )
    ) as x (is_declared, side, line)
    where
        l.fund_id = p_event.fund_id
        and l.event_on = p_event.event_on
        and l.event_id = p_event.event_id;
    perform fund._post(
        p_event, 'distribution', p_event.event_on, p_event.request ->> 'purpose', v_declared
    );
    perform fund._post(
        p_event, 'distribution_payment', v_paid_on, p_event.request ->> 'purpose', v_paid
    );
end
$$;

comment on function fund._write_distribution(fund.event) is
'Writes a distribution: its lines, and the entries of its declaration and its payment. Raises '
'QB400 required, unknown_field, what fund._read_amount, fund._read_day and fund._recallable_amount '
'raise, QB409 distribution_within_cash, terms_cover_the_day, allocation_has_a_share.';
