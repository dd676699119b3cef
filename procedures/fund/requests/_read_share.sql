-- A part of a whole in a request, if there is one.
create or replace function fund._read_share(
    p_request jsonb,
    p_field text
)
returns numeric
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    v_text text := p_request ->> p_field;
begin
    if v_text is null then
        return null;
    elsif v_text !~ '^\d{1,3}(\.\d{1,30})?$' or v_text::numeric > 1 or v_text::numeric = 0 then
        raise exception using
            errcode = 'QB400',
            constraint = 'share_is_readable',
            column = p_field,
            message = format('%s is not a share above 0 and at most 1.', p_field),
            detail = left(v_text, 40),
            hint = 'Send 0.25 for a quarter.';
    end if;
    return v_text::numeric;
end
$$;

comment on function fund._read_share(jsonb, text) is
'The share, above 0 and at most 1, that p_request has under p_field; null for none. Raises QB400 '
'share_is_readable.';
