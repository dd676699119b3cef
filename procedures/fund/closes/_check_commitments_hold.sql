-- After a close, too, nobody has more called of him than he committed and got back to be called
-- again. Who joins may be asked for fees beyond it; of who was there it can be a cent of rounding.
create or replace function fund._check_commitments_hold(
    p_event fund.event
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_offender record;
begin
    select
        i.investor_code,
        x.amount
    into v_offender
    from fund._commitment_left(p_event.fund_id) as x
    inner join fund.investor as i on x.investor_id = i.investor_id
    where x.amount < 0
    order by i.investor_code collate "C"
    limit 1;
    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'call_within_unfunded',
            column = 'commitments',
            message = 'The close would call more of a partner than is left of its commitment.',
            detail = format('%s: %s too much.', v_offender.investor_code, -v_offender.amount),
            hint = 'Admit it with a higher commitment, or excuse it from a call.';
    end if;
end
$$;

comment on function fund._check_commitments_hold(fund.event) is
'Refuses a close after which more is called of a partner than it committed and got back to be '
'called again. Raises QB409 call_within_unfunded.';
