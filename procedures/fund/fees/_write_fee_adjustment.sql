-- Records a reason to take less than the gross fee; the next accruals use it. What is accrued stays
-- as it is: a waiver or rebate begins after it. A company's fee received at any time before counts
-- in the next accrual.
create or replace function fund._write_fee_adjustment(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_adjustment fund.fee_adjustment;
    v_accrued_until date := fund._fee_accrued_until(p_event.fund_id);
begin
    perform fund.check_fields(
        p_event.request, array['kind', 'investor', 'from_on', 'to_on', 'amount', 'share', 'memo']
    );
    v_adjustment.kind := p_event.request ->> 'kind';
    if v_adjustment.kind is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = 'kind',
            message = 'kind is required.',
            hint = 'Send waiver, rebate or offset.';
    end if;
    if p_event.request ->> 'investor' is not null then
        v_adjustment.investor_id := fund._read_partner(p_event.fund_id, p_event.request);
    end if;
    if p_event.request ->> 'to_on' is not null then
        v_adjustment.to_on := fund._read_day(p_event.request, 'to_on');
    end if;
    if p_event.request ->> 'amount' is not null then
        v_adjustment.amount := fund._read_amount(p_event.request, 'amount');
    end if;
    v_adjustment.share := fund._read_share(p_event.request, 'share');

    if v_adjustment.kind = 'offset' then
        v_adjustment.credited_amount := round(
            v_adjustment.amount
            * (fund._terms_on(p_event.fund_id, p_event.event_on)).fee_offset_share,
            2
        );
    elsif p_event.event_on < v_accrued_until then
        raise exception using
            errcode = 'QB409',
            constraint = 'fee_adjustment_before_accrual',
            column = 'from_on',
            message = 'The fee of this day is accrued already.',
            detail = format('Accrued up to %s.', v_accrued_until - 1),
            hint = format(
                'Begin on %s or later, with an amount if it is for days before, or reverse the '
                'accrual first.',
                v_accrued_until
            );
    end if;

    insert into fund.fee_adjustment (
        fund_id, event_id, kind, investor_id, from_on, to_on, amount, share, credited_amount, memo
    )
    values (
        p_event.fund_id,
        p_event.event_id,
        v_adjustment.kind,
        v_adjustment.investor_id,
        p_event.event_on,
        v_adjustment.to_on,
        v_adjustment.amount,
        v_adjustment.share,
        v_adjustment.credited_amount,
        p_event.request ->> 'memo'
    );
end
$$;

comment on function fund._write_fee_adjustment(fund.event) is
'Writes a waiver, rebate or offset. Raises QB400 required, QB409 fee_adjustment_before_accrual, '
'constraints of fund.fee_adjustment, and what fund.check_fields, fund._read_partner, '
'fund._read_day, fund._read_amount, fund._read_share and fund._terms_on raise.';
