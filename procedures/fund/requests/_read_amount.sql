-- An amount of money in a request: not negative, to the cent.
create or replace function fund._read_amount(
    p_request jsonb,
    p_field text,
    p_default numeric default null
)
returns numeric
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    v_text text := p_request ->> p_field;
    v_amount numeric;
begin
    if v_text is null and p_default is not null then
        return p_default;
    elsif v_text is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = p_field,
            message = format('%s is required.', p_field),
            hint = 'Send an amount such as 1250000.00.';
    elsif v_text !~ '^-?\d{1,30}(\.\d{1,30})?$' then
        raise exception using
            errcode = 'QB400',
            constraint = 'amount_is_readable',
            column = p_field,
            message = format('%s is not an amount.', p_field),
            detail = left(v_text, 40),
            hint = 'Send plain currency units such as 1250000.00.';
    end if;

    v_amount := v_text::numeric;
    if v_amount < 0 then
        raise exception using
            errcode = 'QB400',
            constraint = 'amount_not_negative',
            column = p_field,
            message = format('%s is negative.', p_field),
            detail = v_text,
            hint = 'Send the amount without a sign; a reversal takes back what was wrong.';
    elsif v_amount <> round(v_amount, 2) then
        raise exception using
            errcode = 'QB400',
            constraint = 'amount_to_the_cent',
            column = p_field,
            message = format('%s has more than two decimals.', p_field),
            detail = v_text,
            hint = 'Round it to the cent.';
    elsif v_amount >= 1e15 then
        raise exception using
            errcode = 'QB400',
            constraint = 'amount_in_range',
            column = p_field,
            message = format('%s is not below 1e15.', p_field),
            detail = v_text,
            hint = 'Send plain currency units.';
    end if;
    return v_amount;
end
$$;

comment on function fund._read_amount(jsonb, text, numeric) is
'The amount that p_request has under p_field, or p_default. Raises QB400 required, '
'amount_is_readable, amount_not_negative, amount_to_the_cent, amount_in_range.';
