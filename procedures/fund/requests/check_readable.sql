-- What a request says is readable as its type, so that a refusal names the field and not only
-- PostgreSQL's complaint.
create or replace function fund.check_readable(
    p_payload jsonb,
    p_fields text[],
    p_types text[]
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_unreadable record;
begin
    select
        f.field,
        f.type_name
    into v_unreadable
    from unnest(p_fields, p_types) with ordinality as f (field, type_name, place)
    inner join jsonb_each(p_payload) as s (field, given) on f.field = s.field
    where
        case jsonb_typeof(s.given)
            when 'null' then false
            when 'array' then f.type_name <> 'text[]'
            when 'object' then true
            else f.type_name = 'text[]'
                or not pg_catalog.pg_input_is_valid(s.given #>> '{}', f.type_name)
        end
    order by f.place
    limit 1;
    if found then
        raise exception using
            errcode = 'QB400',
            constraint = 'value_is_readable',
            column = v_unreadable.field,
            message = format('%s cannot be read.', v_unreadable.field),
            detail = format('It is a value of type %s.', v_unreadable.type_name),
            hint = case v_unreadable.type_name
                when 'date' then 'Send a day such as 2025-01-01.'
                when 'numeric' then 'Send a fraction such as 0.08.'
                when 'integer' then 'Send a whole number.'
                when 'boolean' then 'Send true or false.'
                when 'text[]' then 'Send a list of texts.'
                else 'Send a text.'
            end;
    end if;
end
$$;

comment on function fund.check_readable(jsonb, text[], text[]) is
'Passes when the fields p_fields of a request are readable as p_types (names of types, one a '
'field), or absent or null. Raises QB400 value_is_readable.';
grant execute on function fund.check_readable(jsonb, text[], text[]) to
qb_admin, qb_editor, qb_editor_scoped;
