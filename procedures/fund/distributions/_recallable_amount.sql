-- What of a distribution can be called again, as it was asked for; and that a split that was given
-- names each partner once, and adds up.
create or replace function fund._recallable_amount(
    p_event fund.event,
    p_amount numeric
)
returns numeric
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_split record;
    v_recallable numeric;
begin
    select
        count(*) - count(distinct s.investor_id) as repeated,
        coalesce(sum(s.amount), 0) as amount,
        sum(s.recallable_amount) as recallable_amount
    into v_split
    from fund._given_split(p_event.fund_id, p_event.request -> 'lines') as s;
    v_recallable := fund._read_amount(
        p_event.request, 'recallable_amount', coalesce(v_split.recallable_amount, 0)
    );

    if v_recallable > p_amount then
        raise exception using
            errcode = 'QB400',
            constraint = 'recallable_within_amount',
            column = 'recallable_amount',
            message = 'More is recallable than is distributed.',
            detail = format('%s of %s', v_recallable, p_amount),
            hint = 'Send at most the amount.';
    elsif v_split.repeated > 0 then
        raise exception using
            errcode = 'QB400',
            constraint = 'partner_named_once',
            column = 'lines',
            message = 'A partner has two lines.',
            hint = 'Add them up.';
    elsif p_event.request ? 'lines' and v_split.amount <> p_amount then
        raise exception using
            errcode = 'QB400',
            constraint = 'distribution_split_sums',
            column = 'lines',
            message = 'The lines do not add up to the amount.',
            detail = format('%s of %s', v_split.amount, p_amount),
            hint = 'Send lines that do, or none to share pro rata to commitment.';
    elsif v_split.recallable_amount <> v_recallable then
        raise exception using
            errcode = 'QB400',
            constraint = 'distribution_recallable_sums',
            column = 'lines',
            message = 'The recallable parts do not add up to the recallable amount.',
            detail = format('%s of %s', v_split.recallable_amount, v_recallable),
            hint = 'Send parts that do, or leave them or the recallable amount out.';
    end if;
    return v_recallable;
end
$$;

comment on function fund._recallable_amount(fund.event, numeric) is
'The recallable amount of the distribution of p_amount that p_event asks for. Raises QB400 '
'recallable_within_amount, partner_named_once, distribution_split_sums, '
'distribution_recallable_sums, what fund._given_split and fund._read_amount raise.';
