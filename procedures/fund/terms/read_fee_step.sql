-- One step of a fee schedule as it was sent.
create or replace function fund.read_fee_step(
    p_step jsonb,
    p_terms fund.terms
)
returns table (investor_class text, from_on date, fee_rate numeric, fee_base text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_field text;
begin
    perform fund.check_fields(
        p_step, array['investor_class', 'from_on', 'fee_rate', 'fee_base']
    );
    if p_step ->> 'from_on' = 'investment_period_end' then
        if p_terms.investment_period_ends_on is null then
            raise exception using
                errcode = 'QB400',
                constraint = 'investment_period_is_dated',
                column = 'investment_period_ends_on',
                message = 'A fee step begins with the end of the investment period, which is open.',
                hint = 'Send investment_period_ends_on, or the day as from_on.';
        end if;
        p_step := p_step || jsonb_build_object('from_on', p_terms.investment_period_ends_on);
    end if;
    v_field := case
        when p_step ->> 'fee_rate' is null then 'fee_rate'
        when p_step ->> 'fee_base' is null then 'fee_base'
    end;
    if v_field is not null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = v_field,
            message = format('%s is required in a fee step.', v_field),
            hint = 'Send fee_rate such as 0.02 and fee_base such as committed.';
    end if;
    v_field := case
        when not pg_catalog.pg_input_is_valid(p_step ->> 'from_on', 'date') then 'from_on'
        when not pg_catalog.pg_input_is_valid(p_step ->> 'fee_rate', 'numeric') then 'fee_rate'
    end;
    if v_field is not null then
        raise exception using
            errcode = 'QB400',
            constraint = 'value_is_readable',
            column = v_field,
            message = format('%s cannot be read.', v_field),
            hint = 'Send from_on such as 2025-01-01 and fee_rate such as 0.02.';
    end if;
    return query
    select
        coalesce(p_step ->> 'investor_class', '*'),
        coalesce((p_step ->> 'from_on')::date, p_terms.valid_from),
        (p_step ->> 'fee_rate')::numeric,
        p_step ->> 'fee_base';
end
$$;

comment on function fund.read_fee_step(jsonb, fund.terms) is
'One element of fee_schedule: class * and valid_from unless it says otherwise. Raises QB400 '
'request_is_an_object, unknown_field, required, value_is_readable, investment_period_is_dated.';
grant execute on function fund.read_fee_step(jsonb, fund.terms) to
qb_admin, qb_editor, qb_editor_scoped;
