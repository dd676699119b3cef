-- Shares a call among the partners: its capital in proportion to commitment or unfunded commitment,
-- without the excused; its fee by commitment among the classes that pay fees, or as an accrual has
-- it. An excuse is one from investing: it leaves the fee. Nobody in default is asked.
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
            greatest(u.unfunded_amount, 0) as amount
        from fund.unfunded(p_event.fund_id, p_event.event_on) as u
        where v_terms.allocation_basis = 'unfunded'
    ),

    partner as (
        select
            c.investor_id,
            i.investor_code,
            coalesce(u.amount, m.amount) as weight,
            m.amount as commitment,
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
        left join unfunded as u on c.investor_id = u.investor_id
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
    perform fund._check_excuses(p_event, p_call, v_state.ids);

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
        case when x.is_excused then 0 else x.weight end,
        c.exact,
        c.amount,
        coalesce(f.amount, x.accrued_fee),
        coalesce(f.exact, x.accrued_fee),
        x.is_excused,
        x.reason
    from unnest(
        v_state.ids, v_state.codes, v_state.weights, v_state.accrued_fees, v_state.excused,
        v_state.reasons
    ) with ordinality as x (
        investor_id, code, weight, accrued_fee, is_excused, reason, line_number
    )
    inner join fund.allocate(
        p_call.capital_amount, v_state.codes, v_state.weights, v_state.exact_capital,
        v_state.capital, v_state.excused
    ) as c on x.code = c.key
    left join fund.allocate(
        case when v_accrual is null then p_call.fee_amount else 0 end,
        v_state.codes, v_state.fee_weights, v_state.exact_fee, v_state.fee
    ) as f on x.code = f.key and v_accrual is null;
end
$$;

comment on function fund._share_call(fund.event, fund.capital_call) is
'Writes the lines of p_call. Raises QB409 terms_cover_the_day, allocation_has_a_share, what '
'fund._read_excuses and fund._check_excuses raise.';
