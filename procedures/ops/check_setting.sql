-- What a constraint cannot ask: currencies that companies are shown in must be known ones.
create or replace function ops.check_setting()
returns trigger
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_unknown text;
begin
    if new.setting = 'presentation_currencies' and jsonb_typeof(new.value) = 'array' then
        select string_agg(v.currency, ', ') into v_unknown
        from jsonb_array_elements_text(new.value) as v (currency)
        where not exists (select from fx.currency as c where c.currency = v.currency);
    end if;
    if v_unknown is not null then
        raise exception using
            errcode = 'QB400',
            constraint = 'setting_value_allowed',
            column = 'value',
            message = 'The value is not allowed for this setting.',
            detail = left(v_unknown, 100) || ' is no currency',
            hint = 'Its description names the values.';
    end if;
    return new;
end
$$;

comment on function ops.check_setting() is
'Trigger _300_check: refuses a currency that is not known. Raises QB400 setting_value_allowed.';
