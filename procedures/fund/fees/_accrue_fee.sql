-- An accrual of the management fee, of a period or of what new partners catch up: gross by partner,
-- less waivers, rebates and offsets, in the books. An offset that finds no fee is carried forward;
-- what is brought forward is what the last accrual that stands carried. A catch-up takes none: an
-- offset is for all partners, in their next period.
create or replace function fund._accrue_fee(
    p_event fund.event,
    p_run_kind text,
    p_from_on date,
    p_to_on date,
    p_segments fund.fee_segment[]
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_run fund.fee_run;
    v_lines fund.fee_line[];
    v_reductions fund.fee_reduction[];
    v_available numeric;
begin
    v_lines := fund._gross_fee_lines(p_event, p_segments);
    select t.lines, t.reductions
    into v_lines, v_reductions
    from fund._take_waivers(v_lines, p_segments, p_from_on, p_to_on) as t;

    select coalesce(sum(f.amount), 0)
    into v_available
    from fund._fee_left_to_take(p_event.fund_id, p_from_on, p_to_on) as f
    where f.kind = 'offset';
    v_run.offset_brought_forward := fund._fee_offset_carried(p_event.fund_id);
    if p_run_kind = 'catch_up' then
        v_available := v_run.offset_brought_forward;
    else
        v_lines := fund._take_offsets(v_lines, v_available);
    end if;

    select
        coalesce(sum(l.gross_amount), 0),
        coalesce(sum(l.waived_amount), 0),
        coalesce(sum(l.rebated_amount), 0),
        coalesce(sum(l.offset_amount), 0),
        coalesce(sum(l.net_amount), 0)
    into
        v_run.gross_amount,
        v_run.waived_amount,
        v_run.rebated_amount,
        v_run.offset_amount,
        v_run.net_amount
    from unnest(v_lines) as l;
    insert into fund.fee_run (
        fund_id, event_id, run_kind, from_on, to_on, gross_amount, waived_amount, rebated_amount,
        offset_brought_forward, offset_added, offset_amount, offset_carried_forward, net_amount
    )
    values (
        p_event.fund_id,
        p_event.event_id,
        p_run_kind,
        p_from_on,
        p_to_on,
        v_run.gross_amount,
        v_run.waived_amount,
        v_run.rebated_amount,
        v_run.offset_brought_forward,
        v_available - v_run.offset_brought_forward,
        v_run.offset_amount,
        v_available - v_run.offset_amount,
        v_run.net_amount
    );
    insert into fund.fee_segment
    select s.*
    from unnest(p_segments) as s;
    insert into fund.fee_line
    select l.*
    from unnest(v_lines) as l;

    insert into fund.fee_reduction (fund_id, event_id, adjustment_id, amount)
    select r.fund_id, r.event_id, r.adjustment_id, r.amount
    from unnest(v_reductions) as r
    union all
    -- Offsets of earlier days are used first.
    select p_event.fund_id, p_event.event_id, o.adjustment_id, least(o.amount, o.still_to_use)
    from (
        select
            f.adjustment_id,
            f.amount,
            v_run.offset_amount + f.amount - sum(f.amount) over (order by f.place) as still_to_use
        from fund._fee_left_to_take(p_event.fund_id, p_from_on, p_to_on) as f
        where f.kind = 'offset'
    ) as o
    where least(o.amount, o.still_to_use) > 0;

    perform fund._post(
        p_event,
        'management_fee',
        p_event.event_on,
        format('Management fee from %s to %s', p_from_on, p_to_on - 1),
        jsonb_build_array(
            jsonb_build_object('account', '5000', 'debit', v_run.net_amount + v_run.offset_amount),
            jsonb_build_object('account', '2200', 'credit', v_run.net_amount + v_run.offset_amount)
        )
    );
    perform fund._post(
        p_event,
        'fee_offset',
        p_event.event_on,
        format('Management fee offset from %s to %s', p_from_on, p_to_on - 1),
        jsonb_build_array(
            jsonb_build_object('account', '2200', 'debit', v_run.offset_amount),
            jsonb_build_object('account', '5050', 'credit', v_run.offset_amount)
        )
    );
end
$$;

comment on function fund._accrue_fee(fund.event, text, date, date, fund.fee_segment[]) is
'Writes and posts an accrual of p_run_kind (period, catch_up) for the days from p_from_on to '
'p_to_on, which is not counted, from p_segments (fund._fee_segments): fund.fee_run and what goes '
'with it. Raises what fund.allocate and fund._post raise.';
