-- What an investor becomes when a payload is laid over it: an absent key leaves its column as it
-- is, an explicit null clears it or restores its default.
create or replace function fund.apply_investor_payload(
    p_old fund.investor,
    p_payload jsonb
)
returns fund.investor
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_new fund.investor;
    v_field text;
    v_fields text[] := array['investor_code', 'name', 'investor_type', 'country'];
begin
    perform fund.check_fields(p_payload, v_fields);
    perform fund.check_readable(p_payload, v_fields, array['text', 'text', 'text', 'text']);
    v_new := jsonb_populate_record(p_old, p_payload);
    v_new.name := btrim(v_new.name);
    v_new.investor_type := coalesce(v_new.investor_type, 'other');
    v_field := case
        when v_new.investor_code is null then 'investor_code'
        when v_new.name is null then 'name'
    end;
    if v_field is not null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = v_field,
            message = format('%s is required.', v_field),
            hint = 'Send a code such as LP-03, and the legal name.';
    end if;
    if p_payload ->> 'country' is not null then
        v_new.country := company.country_by_name(p_payload ->> 'country');
        if v_new.country is null then
            raise exception using
                errcode = 'QB400',
                constraint = 'country_unknown',
                column = 'country',
                message = 'The country is not in ISO 3166-1.',
                hint = 'Use a name such as United States, or a code such as US.';
        end if;
    end if;
    return v_new;
end
$$;

comment on function fund.apply_investor_payload(fund.investor, jsonb) is
'The investor that results from a payload (investor_code, name, investor_type, country by code or '
'name). Raises QB400 required, unknown_field, request_is_an_object, value_is_readable, '
'country_unknown.';
grant execute on function fund.apply_investor_payload(fund.investor, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
