-- What a payload of terms may say: columns of fund.terms that people set, each readable as its
-- type, so that a refusal names the field and not only PostgreSQL's complaint.
create or replace function fund.check_terms_payload(
    p_terms jsonb
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_known text[] := array(
        select a.attname::text
        from pg_catalog.pg_attribute as a
        where
            a.attrelid = 'fund.terms'::regclass
            and a.attnum > 0
            and not a.attisdropped
            and a.attname not in (
                'fund_id', 'created_date', 'created_by', 'last_update_date', 'last_updated_by',
                'row_version'
            )
        order by a.attnum
    );
    v_unreadable record;
begin
    perform fund.check_fields(p_terms, v_known || 'fee_schedule'::text);
    if p_terms ->> 'valid_from' is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = 'valid_from',
            message = 'valid_from is required.',
            hint = 'Send the first day of these terms, such as 2025-01-01.';
    end if;

    select
        f.field,
        format_type(a.atttypid, null) as type_name
    into v_unreadable
    from jsonb_each(p_terms) as f (field, given)
    inner join pg_catalog.pg_attribute as a
        on a.attrelid = 'fund.terms'::regclass and f.field = a.attname
    where
        case jsonb_typeof(f.given)
            when 'null' then false
            when 'array' then a.atttypid <> 'text[]'::regtype
            when 'object' then true
            else a.atttypid = 'text[]'::regtype
                or not pg_catalog.pg_input_is_valid(
                    f.given #>> '{}', format_type(a.atttypid, null)
                )
        end
    order by a.attnum
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
                when 'text[]' then 'Send a list of texts.'
                else 'Send a text.'
            end;
    end if;
end
$$;

comment on function fund.check_terms_payload(jsonb) is
'Passes when a payload of fund.set_terms has known and readable fields. Raises QB400 required, '
'unknown_field, request_is_an_object, value_is_readable.';
grant execute on function fund.check_terms_payload(jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
