-- GET /v1/settings: the platform's settings.
create or replace function ops.list_settings(
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/settings?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute format(
        'with matching as (select r.* from ops.setting_record as r) '
        'select 200, null::text, ops.list_body(''Settings.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $1 offset $2) as p'
        '), (select count(*) from matching), $1, $2, $3)',
        ops.sort_clause(
            'ops.setting_record', coalesce(p_sort, 'setting'), array['setting']
        )
    )
    using
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function ops.list_settings(text, integer, integer, text) is
'One page of settings, by name unless p_sort says otherwise. Raises QB400 sort_unknown.';
grant execute on function ops.list_settings(text, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
