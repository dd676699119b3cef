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
        format(
            '{"status": "success", "code": %s, "message": %s, "data": %s, "meta": %s, "links": %s}',
            p_code,
            coalesce(to_json(p_message)::text, 'null'),
            coalesce(p_data::text, 'null'),
            coalesce(p_meta, '{}'::json),
            coalesce(p_links, '{}'::json)
        )
$$;

comment on function ops.success_body(integer, text, json, json, json) is
'The JSON envelope of a successful answer: status, code, message, data, meta, links.';
grant execute on function ops.success_body(integer, text, json, json, json) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped;
