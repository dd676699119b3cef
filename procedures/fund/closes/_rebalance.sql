-- Puts every partner where it would be had all commitments been there from the first: each earlier
-- call and distribution is divided again, in order, as fund.allocate would have divided it by the
-- commitments after this close. What differs from what a partner has of it now is its leg; the legs
-- of a call add up to nothing. Dividing all of it again, and not only the latest change, is what
-- makes a third close equalise against both earlier ones.
create or replace function fund._rebalance(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_subject record;
begin
    for v_subject in
        select s.subject_id, s.kind, s.interest_from_on, s.is_by_unfunded
        from fund._rebalanced_subjects(p_event.fund_id) as s
        order by s.event_number
    loop
        if v_subject.kind = 'capital_call' then
            insert into fund.capital_call_line (
                fund_id, event_id, event_on, line_number, call_id, investor_id, reason, weight,
                exact_amount, capital_amount, is_excused, memo
            )
            select
                p_event.fund_id,
                p_event.event_id,
                p_event.event_on,
                l.line_count + row_number() over (order by g.investor_code collate "C"),
                v_subject.subject_id,
                g.investor_id,
                'rebalancing',
                g.weight,
                g.exact_amount,
                g.amount,
                g.is_excused,
                g.excuse
            from fund._legs(
                p_event, v_subject.subject_id, v_subject.kind, v_subject.is_by_unfunded
            ) as g
            cross join (
                select count(*) as line_count
                from fund.capital_call_line as x
                where
                    x.fund_id = p_event.fund_id
                    and x.event_on = p_event.event_on
                    and x.event_id = p_event.event_id
            ) as l;
        else
            insert into fund.distribution_line (
                fund_id, event_id, event_on, line_number, distribution_id, investor_id, reason,
                flow_on, weight, exact_amount, amount, recallable_amount
            )
            select
                p_event.fund_id,
                p_event.event_id,
                p_event.event_on,
                l.line_count + row_number() over (order by g.investor_code collate "C"),
                v_subject.subject_id,
                g.investor_id,
                'rebalancing',
                -- What is not paid yet is paid to the right partner.
                case
                    when v_subject.interest_from_on > p_event.event_on
                        then v_subject.interest_from_on
                end,
                g.weight,
                g.exact_amount,
                g.amount,
                g.recallable_amount
            from fund._legs(p_event, v_subject.subject_id, v_subject.kind, false) as g
            cross join (
                select count(*) as line_count
                from fund.distribution_line as x
                where
                    x.fund_id = p_event.fund_id
                    and x.event_on = p_event.event_on
                    and x.event_id = p_event.event_id
            ) as l;
        end if;
    end loop;
end
$$;

comment on function fund._rebalance(fund.event) is
'Writes the legs of a close in every earlier call and pro-rata distribution. Raises what '
'fund._legs raises.';
