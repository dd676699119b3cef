-- The envelope of a good answer. `json`, not `jsonb`: numbers and key order stay as built.
create or replace function ops.success_body(
    p_code integer,
    p_message text,
    p_data json,
    p_meta json default null,
    p_links json default null
)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        json_build_object(
            'status', 'success',
            'code', p_code,
            'message', p_message,
            'data', p_data,
            'meta', coalesce(p_meta, '{}'::json),
            'links', coalesce(p_links, '{}'::json)
        )::text
$$;

comment on function ops.success_body(integer, text, json, json, json) is
'The JSON envelope of a successful answer: status, code, message, data, meta, links.';
grant execute on function ops.success_body(integer, text, json, json, json) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped;
