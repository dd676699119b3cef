-- What a payload of terms may say: columns of fund.terms that people set, each readable as its
-- type.
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
    v_known text[];
    v_types text[];
begin
    select
        array_agg(a.attname::text order by a.attnum),
        array_agg(format_type(a.atttypid, null) order by a.attnum)
    into v_known, v_types
    from pg_catalog.pg_attribute as a
    where
        a.attrelid = 'fund.terms'::regclass
        and a.attnum > 0
        and not a.attisdropped
        and a.attname not in (
            'fund_id', 'created_date', 'created_by', 'last_update_date', 'last_updated_by',
            'row_version'
        );
    perform fund.check_fields(p_terms, v_known || 'fee_schedule'::text);
    if p_terms ->> 'valid_from' is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = 'valid_from',
            message = 'valid_from is required.',
            hint = 'Send the first day of these terms, such as 2025-01-01.';
    end if;
    perform fund.check_readable(p_terms, v_known, v_types);
end
$$;

comment on function fund.check_terms_payload(jsonb) is
'Passes when a payload of fund.set_terms has known and readable fields. Raises QB400 required, '
'unknown_field, request_is_an_object, value_is_readable.';
grant execute on function fund.check_terms_payload(jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
