-- A request has no field that nobody reads: a typo would be a wish ignored.
create or replace function fund.check_fields(
    p_payload jsonb,
    p_known text[]
)
returns void
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    v_unknown text;
begin
    if jsonb_typeof(p_payload) is distinct from 'object' then
        raise exception using
            errcode = 'QB400',
            constraint = 'request_is_an_object',
            message = 'The request is not a JSON object.',
            hint = format('Send an object with %s.', array_to_string(p_known, ', '));
    end if;
    select k.field
    into v_unknown
    from jsonb_object_keys(p_payload) as k (field)
    where k.field <> all(p_known)
    order by k.field
    limit 1;
    if found then
        raise exception using
            errcode = 'QB400',
            constraint = 'unknown_field',
            column = v_unknown,
            message = format('%s is not a field of this request.', v_unknown),
            hint = format('Send %s.', array_to_string(p_known, ', '));
    end if;
end
$$;

comment on function fund.check_fields(jsonb, text[]) is
'Refuses fields of p_payload that are not in p_known. Raises QB400 request_is_an_object, '
'unknown_field.';
grant execute on function fund.check_fields(jsonb, text[]) to
qb_admin, qb_editor, qb_editor_scoped;
