-- PATCH /v1/settings/{setting}: changes a value; what is derived from it follows in the same
-- transaction.
create or replace function ops.update_setting(
    p_setting text,
    p_value jsonb,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_row_version bigint;
begin
    -- Locks in the order of the derivation: its own lock first, then rows.
    perform fx.lock_derivation(true);
    select s.row_version into v_row_version
    from ops.setting as s
    where s.setting = p_setting
    for update;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'setting_not_found',
            column = 'setting',
            message = 'There is no such setting.',
            hint = 'GET /v1/settings lists them.';
    end if;
    perform ops.check_if_match(p_if_match, v_row_version);

    update ops.setting as s
    set value = p_value
    where s.setting = p_setting;

    return query
    select
        200,
        format('"%s"', r.row_version),
        ops.success_body(200, 'Setting updated.', to_json(r))
    from ops.setting_record as r
    where r.setting = p_setting;
end
$$;

comment on function ops.update_setting(text, jsonb, text) is
'Changes the value of a setting; p_if_match guards it. Raises QB404 setting_not_found, QB412 '
'stale_version, QB400 setting_value_allowed; the table''s constraints.';
grant execute on function ops.update_setting(text, jsonb, text) to qb_admin;
