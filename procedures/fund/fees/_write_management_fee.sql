-- Accrues the management fee of the next period. Where partners of a later close owe the fee from
-- the first close on, they do so here as well: the catch-up of their close is of the accruals that
-- there were then.
create or replace function fund._write_management_fee(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_period record;
    v_terms fund.terms;
begin
    select p.* into v_period from fund._fee_period(p_event.fund_id, p_event.request) as p;
    perform fund._check_fee_terms(p_event.fund_id, v_period.from_on, v_period.to_on);
    v_terms := fund._terms_on(p_event.fund_id, v_period.from_on);
    perform fund._accrue_fee(
        p_event,
        'period',
        v_period.from_on,
        v_period.to_on,
        fund._fee_segments(
            p_event,
            v_period.from_on,
            v_period.to_on,
            p_as_if_from_first_close => v_terms.fee_from = 'first_close'
        )
    );
end
$$;

comment on function fund._write_management_fee(fund.event) is
'Writes an accrual of the management fee. Raises what fund._fee_period, fund._check_fee_terms and '
'fund._accrue_fee raise.';
