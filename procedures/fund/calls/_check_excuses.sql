-- An excuse excuses from something: a call for capital that the partner would have been asked for.
create or replace function fund._check_excuses(
    p_event fund.event,
    p_call fund.capital_call,
    p_called uuid[]
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
        count(*) > 1 as is_repeated
    into v_offender
    from fund._read_excuses(p_event.fund_id, p_event.request) as x
    inner join fund.investor as i on x.investor_id = i.investor_id
    group by i.investor_id
    having
        count(*) > 1
        or p_call.capital_amount = 0
        or i.investor_id <> all(coalesce(p_called, '{}'))
    order by i.investor_code collate "C"
    limit 1;
    if not found then
        return;
    elsif v_offender.is_repeated then
        raise exception using
            errcode = 'QB400',
            constraint = 'partner_is_excused_once',
            column = 'excuses',
            message = 'A partner is excused twice.',
            detail = v_offender.investor_code,
            hint = 'Name each partner once.';
    end if;
    raise exception using
        errcode = 'QB400',
        constraint = 'excused_partner_is_called',
        column = 'excuses',
        message = 'The call asks this partner for no capital anyway.',
        detail = v_offender.investor_code,
        hint = 'Excuse partners with a commitment, not in default, from a capital_amount above 0.';
end
$$;

comment on function fund._check_excuses(fund.event, fund.capital_call, uuid[]) is
'Refuses excuses of a partner that is none of p_called, from a call without capital, or twice. '
'Raises QB400 partner_is_excused_once, excused_partner_is_called.';
