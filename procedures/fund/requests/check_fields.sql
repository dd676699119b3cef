-- The check of a payload's keys for functions that work with the caller's own rights.
create or replace function fund.check_fields(
    p_payload jsonb,
    p_known text[]
)
returns void
language sql
immutable
-- Definer: the check itself is nobody's to call; it reads nothing but its arguments.
security definer
set search_path = ''
as $$
    select fund._check_fields(p_payload, variadic p_known)
$$;

comment on function fund.check_fields(jsonb, text[]) is
'Refuses keys of p_payload that are not in p_known. Raises QB400 request_is_an_object, '
'unknown_field.';
grant execute on function fund.check_fields(jsonb, text[]) to
qb_admin, qb_editor, qb_editor_scoped;
