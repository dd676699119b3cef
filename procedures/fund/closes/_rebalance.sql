-- Puts every partner where it would be had all commitments been there from the first: each earlier
-- call and distribution is divided again, in order, as fund.allocate would have divided it by the
-- commitments after this close. What differs from what a partner has of it now is its leg; the legs
-- of a call add up to nothing. Dividing all of it again, and not only the latest change, is what
-- makes a third close equalise against both earlier ones. Running totals are carried from one to
-- the next: a close takes as much longer as there are more calls, and no more.
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
    v_call_lines bigint := 0;
    v_distribution_lines bigint := 0;
    v_written bigint;
    -- What every partner has of the calls, and of the distributions, that are divided already.
    v_kinds text[] := '{}';
    v_partners uuid[] := '{}';
    v_exact numeric[] := '{}';
    v_amounts numeric[] := '{}';
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
                v_call_lines + row_number() over (order by g.investor_code collate "C"),
                v_subject.subject_id,
                g.investor_id,
                'rebalancing',
                g.weight,
                g.exact_amount,
                g.amount,
                g.is_excused,
                g.excuse
            from fund._legs(
                p_event, v_subject.subject_id, v_subject.kind, v_subject.is_by_unfunded,
                v_kinds, v_partners, v_exact, v_amounts
            ) as g;
            get diagnostics v_written = row_count;
            v_call_lines := v_call_lines + v_written;
        else
            insert into fund.distribution_line (
                fund_id, event_id, event_on, line_number, distribution_id, investor_id, reason,
                flow_on, weight, exact_amount, amount, recallable_amount
            )
            select
                p_event.fund_id,
                p_event.event_id,
                p_event.event_on,
                v_distribution_lines + row_number() over (order by g.investor_code collate "C"),
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
            from fund._legs(
                p_event, v_subject.subject_id, v_subject.kind, false,
                v_kinds, v_partners, v_exact, v_amounts
            ) as g;
            get diagnostics v_written = row_count;
            v_distribution_lines := v_distribution_lines + v_written;
        end if;

        select
            array_agg(x.kind),
            array_agg(x.investor_id),
            array_agg(x.exact_amount),
            array_agg(x.amount)
        into v_kinds, v_partners, v_exact, v_amounts
        from (
            select
                r.kind,
                r.investor_id,
                sum(r.exact_amount) as exact_amount,
                sum(r.amount) as amount
            from (
                select u.kind, u.investor_id, u.exact_amount, u.amount
                from unnest(v_kinds, v_partners, v_exact, v_amounts)
                as u (kind, investor_id, exact_amount, amount)
                union all
                select v_subject.kind, p.investor_id, p.exact_amount, p.amount
                from fund._subject_parts(p_event.fund_id, v_subject.subject_id) as p
            ) as r
            group by r.kind, r.investor_id
        ) as x;
    end loop;
end
$$;

comment on function fund._rebalance(fund.event) is
'Writes the legs of a close in every earlier call and pro-rata distribution. Raises what '
'fund._legs raises.';
