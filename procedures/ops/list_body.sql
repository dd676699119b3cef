-- The envelope of one page of a list, with the exact total and the links to its neighbours.
create or replace function ops.list_body(
    p_message text,
    p_data json,
    p_total_records bigint,
    p_limit integer,
    p_offset integer,
    p_link text
)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    select f.frame[1] || coalesce(p_data::text, '[]') || f.frame[2]
    from (
        select ops.list_frame(p_message, p_total_records, p_limit, p_offset, p_link) as frame
    ) as f
$$;

comment on function ops.list_body(text, json, bigint, integer, integer, text) is
'The JSON envelope of a page: data, meta (total_records, current_page, next_page, previous_page, '
'limit, offset) and links made of p_link, a path and query ending in ? or &.';
grant execute on function ops.list_body(text, json, bigint, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped;
