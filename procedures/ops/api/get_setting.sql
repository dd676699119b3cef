-- GET /v1/settings/{setting}: one setting, with the ETag that guards a change of it.
create or replace function ops.get_setting(
    p_setting text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    select
        200,
        format('"%s"', r.row_version),
        ops.success_body(200, 'Setting.', to_json(r))
    from ops.setting_record as r
    where r.setting = p_setting;

    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'setting_not_found',
            column = 'setting',
            message = 'There is no such setting.',
            hint = 'GET /v1/settings lists them.';
    end if;
end
$$;

comment on function ops.get_setting(text) is 'One setting. Raises QB404 setting_not_found.';
grant execute on function ops.get_setting(text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
