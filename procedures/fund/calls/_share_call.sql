-- Shares a call among the partners: its capital in proportion to commitment or unfunded commitment,
-- without the excused; its fee by commitment among the classes that pay fees, or as an accrual has
-- it. An excuse is one from investing: it leaves the fee. Nobody in default is asked. Whose exact
-- share fits in what is left of its commitment is not asked for a cent more by rounding.
create or replace function fund._share_call(
    p_event fund.event,
    p_call fund.capital_call
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_terms fund.terms := fund._terms_on(p_event.fund_id, p_event.event_on);
    v_accrual uuid := p_event.request ->> 'fee_event_id';
    v_state record;
    v_fee record;
begin
    with
    committed as (
        select
            l.investor_id,
            sum(l.amount) as amount
        from fund.commitment_line as l
        where l.fund_id = p_event.fund_id
        group by l.investor_id
    ),

    -- Running totals that the parts of this call continue.
    called as (
        select
            l.investor_id,
            sum(l.exact_amount) as exact_capital,
            sum(l.capital_amount) as capital,
            sum(l.exact_fee_amount) as exact_fee,
            sum(l.fee_amount) as fee
        from fund.capital_call_line as l
        where l.fund_id = p_event.fund_id
        group by l.investor_id
    ),

    unfunded as (
        select
            u.investor_id,
            u.unfunded_amount as amount
        from fund.unfunded(p_event.fund_id, p_event.event_on) as u
    ),

    partner as (
        select
            c.investor_id,
            i.investor_code,
            case
                when x.investor_id is not null then 0
                when v_terms.allocation_basis = 'unfunded' then greatest(u.amount, 0)
                else m.amount
            end as weight,
            u.amount as unfunded,
            case
                when c.investor_class = any(v_terms.fee_free_classes) then 0
                else m.amount
            end as fee_weight,
            p.exact_capital,
            p.capital,
            p.exact_fee,
            p.fee,
            coalesce(a.amount, 0) as accrued_fee,
            x.investor_id is not null as is_excused,
            x.reason
        from fund.commitment as c
        inner join fund.investor as i on c.investor_id = i.investor_id
        inner join committed as m on c.investor_id = m.investor_id
        left join called as p on c.investor_id = p.investor_id
        inner join unfunded as u on c.investor_id = u.investor_id
        left join fund._accrued_fees(p_event.fund_id, v_accrual) as a
            on c.investor_id = a.investor_id
        left join fund._read_excuses(p_event.fund_id, p_event.request) as x
            on c.investor_id = x.investor_id
        where
            c.fund_id = p_event.fund_id
            and (m.amount > 0 or a.amount > 0)
            and c.investor_id not in (
                select d.investor_id
                from fund._partners_in_default(p_event.fund_id) as d
            )
    )

    select
        array_agg(p.investor_id order by p.investor_code collate "C") as ids,
        array_agg(p.investor_code order by p.investor_code collate "C") as codes,
        array_agg(p.unfunded order by p.investor_code collate "C") as unfunded,
        array_agg(p.weight order by p.investor_code collate "C") as weights,
        array_agg(p.fee_weight order by p.investor_code collate "C") as fee_weights,
        array_agg(p.exact_capital order by p.investor_code collate "C") as exact_capital,
        array_agg(p.capital order by p.investor_code collate "C") as capital,
        array_agg(p.exact_fee order by p.investor_code collate "C") as exact_fee,
        array_agg(p.fee order by p.investor_code collate "C") as fee,
        array_agg(p.accrued_fee order by p.investor_code collate "C") as accrued_fees,
        array_agg(p.is_excused order by p.investor_code collate "C") as excused,
        array_agg(p.reason order by p.investor_code collate "C") as reasons
    into v_state
    from partner as p;
    if v_state.ids is null then
        raise exception using
            errcode = 'QB409',
            constraint = 'allocation_has_a_share',
            column = 'capital_amount',
            message = 'The fund has no partner to call.',
            hint = 'Admit partners by a close; nobody in default is called.';
    end if;
    perform fund._check_excuses(p_event, p_call, v_state.ids);

    if v_accrual is not null then
        select
            v_state.accrued_fees as amounts,
            v_state.accrued_fees as exact
        into v_fee;
    else
        select
            array_agg(f.amount) as amounts,
            array_agg(f.exact) as exact
        into v_fee
        from fund.allocate(
            p_call.fee_amount, v_state.codes, v_state.fee_weights, v_state.exact_fee, v_state.fee,
            p_most => fund._limits(p_call.fee_amount, v_state.fee_weights, v_state.unfunded)
        ) as f
        where p_call.fee_amount > 0;
    end if;

    insert into fund.capital_call_line (
        fund_id, event_id, event_on, line_number, call_id, investor_id, reason, weight,
        exact_amount, capital_amount, fee_amount, exact_fee_amount, is_excused, memo
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        x.line_number,
        p_event.event_id,
        x.investor_id,
        'call',
        x.weight,
        c.exact,
        c.amount,
        coalesce(x.fee, 0),
        coalesce(x.exact_fee, 0),
        x.is_excused,
        x.reason
    from unnest(
        v_state.ids, v_state.codes, v_state.weights, v_state.excused, v_state.reasons,
        v_fee.amounts, v_fee.exact
    ) with ordinality as x (
        investor_id, code, weight, is_excused, reason, fee, exact_fee, line_number
    )
    inner join fund.allocate(
        p_call.capital_amount, v_state.codes, v_state.weights, v_state.exact_capital,
        v_state.capital,
        p_most => fund._limits(
            p_call.capital_amount, v_state.weights, v_state.unfunded, v_fee.amounts
        )
    ) as c on x.code = c.key;
    perform fund._check_within_unfunded(p_event);
end
$$;

comment on function fund._share_call(fund.event, fund.capital_call) is
'Writes the lines of p_call. Raises QB409 terms_cover_the_day, allocation_has_a_share, what '
'fund._read_excuses, fund._check_excuses and fund._check_within_unfunded raise.';
