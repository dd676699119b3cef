-- The steps of the management fee of a version of terms. A schedule that is not sent is that of the
-- version before it; a step that began with the end of the investment period does not follow it
-- silently when that is agreed anew.
create or replace function fund.write_fee_schedule(
    p_terms fund.terms,
    p_before fund.terms,
    p_schedule jsonb
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_step record;
begin
    if p_schedule is null then
        if
            p_before.investment_period_ends_on
            is distinct from p_terms.investment_period_ends_on
            and exists (
                select
                from fund.fee_step as s
                where
                    s.fund_id = p_before.fund_id
                    and s.valid_from = p_before.valid_from
                    and s.from_on = p_before.investment_period_ends_on
            )
        then
            raise exception using
                errcode = 'QB400',
                constraint = 'fee_schedule_follows_the_period',
                column = 'fee_schedule',
                message = 'A fee step began with the end of the investment period, which changes.',
                detail = format(
                    '%s becomes %s.',
                    p_before.investment_period_ends_on,
                    coalesce(p_terms.investment_period_ends_on::text, 'not agreed')
                ),
                hint = 'Send fee_schedule too, with from_on a day or investment_period_end.';
        end if;
        insert into fund.fee_step (
            fund_id, valid_from, investor_class, from_on, fee_rate, fee_base
        )
        select
            s.fund_id,
            p_terms.valid_from,
            s.investor_class,
            s.from_on,
            s.fee_rate,
            s.fee_base
        from fund.fee_step as s
        where s.fund_id = p_before.fund_id and s.valid_from = p_before.valid_from
        order by s.investor_class, s.from_on;
        return;
    elsif jsonb_typeof(p_schedule) <> 'array' then
        raise exception using
            errcode = 'QB400',
            constraint = 'fee_schedule_is_a_list',
            column = 'fee_schedule',
            message = 'The fee schedule is a list of steps.',
            hint = 'Send [{"from_on": "2025-01-01", "fee_rate": 0.02, "fee_base": "committed"}].';
    end if;

    for v_step in
        select s.*
        from jsonb_array_elements(p_schedule) with ordinality as e (given, step_number)
        cross join lateral fund.read_fee_step(e.given, p_terms) as s
        order by e.step_number
    loop
        insert into fund.fee_step (
            fund_id, valid_from, investor_class, from_on, fee_rate, fee_base
        )
        values (
            p_terms.fund_id, p_terms.valid_from, v_step.investor_class, v_step.from_on,
            v_step.fee_rate, v_step.fee_base
        )
        on conflict do nothing;
        if not found then
            raise exception using
                errcode = 'QB400',
                constraint = 'fee_step_given_twice',
                column = 'fee_schedule',
                message = 'Two fee steps of one class begin on the same day.',
                detail = format('Class %s, %s.', v_step.investor_class, v_step.from_on),
                hint = 'Send one step for each class and day.';
        end if;
    end loop;
end
$$;

comment on function fund.write_fee_schedule(fund.terms, fund.terms, jsonb) is
'Writes the fee steps of p_terms: p_schedule, or those of p_before when it is null. Raises QB400 '
'fee_schedule_is_a_list, fee_schedule_follows_the_period, fee_step_given_twice, and what '
'fund.read_fee_step raises; the constraints of fund.fee_step.';
grant execute on function fund.write_fee_schedule(fund.terms, fund.terms, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
