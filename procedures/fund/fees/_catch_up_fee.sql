-- The fee that a close brings for days whose fee is accrued: from the first close on, or from this
-- one, as the terms say, on what the close added to commitments. Nothing when nothing is. Fees of
-- periods that begin after the close are not its matter: who joined owes them with the others.
create or replace function fund._catch_up_fee(
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
    v_from_on date := case v_terms.fee_from
        when 'first_close' then fund._first_close_on(p_event.fund_id)
        else p_event.event_on
    end;
    v_to_on date := fund._fee_accrued_until(p_event.fund_id);
    v_segments fund.fee_segment[];
    v_later_on date;
begin
    if v_to_on > v_from_on then
        v_segments := fund._fee_segments(
            p_event,
            v_from_on,
            v_to_on,
            p_as_if_from_first_close => v_terms.fee_from = 'first_close',
            p_added_by => p_event.event_id
        );
    end if;
    if cardinality(v_segments) > 0 then
        select max(r.from_on)
        into v_later_on
        from fund.fee_run as r
        where
            r.fund_id = p_event.fund_id
            and r.run_kind = 'period'
            and not fund.is_reversed(r.fund_id, r.event_id);
        if v_later_on > p_event.event_on then
            raise exception using
                errcode = 'QB409',
                constraint = 'event_in_order_of_days',
                column = 'closed_on',
                message = 'The management fee of a later period is accrued already.',
                detail = format('Of the period that begins on %s.', v_later_on),
                hint = 'Reverse that accrual, record the close, and accrue it again.';
        end if;
        perform fund._accrue_fee(p_event, 'catch_up', v_from_on, v_to_on, v_segments);
    end if;
end
$$;

comment on function fund._catch_up_fee(fund.event) is
'Writes and posts the accrual of what new and raised commitments of the close p_event owe for days '
'accrued already; its lines are those of fund.fee_line with its event_id. Raises QB409 '
'event_in_order_of_days, what fund._terms_on and fund._accrue_fee raise.';
