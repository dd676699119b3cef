-- A day in a request.
create or replace function fund._read_day(
    p_request jsonb,
    p_field text,
    p_default date default null
)
returns date
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    v_text text := p_request ->> p_field;
begin
    if v_text is null and p_default is not null then
        return p_default;
    elsif v_text is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = p_field,
            message = format('%s is required.', p_field),
            hint = 'Send a day such as 2025-06-30.';
    elsif
        not pg_catalog.pg_input_is_valid(v_text, 'date')
        or v_text !~ '^\d{4}-\d\d-\d\d$'
        or v_text::date not between '1970-01-01' and '2199-12-31'
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'day_is_readable',
            column = p_field,
            message = format('%s is not a day between 1970 and 2199.', p_field),
            detail = left(v_text, 40),
            hint = 'Send a day such as 2025-06-30.';
    end if;
    return v_text::date;
end
$$;

comment on function fund._read_day(jsonb, text, date) is
'The day that p_request has under p_field, or p_default. Raises QB400 required, day_is_readable.';
