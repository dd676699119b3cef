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
    select
        ops.success_body(
            200,
            p_message,
            coalesce(p_data, '[]'::json),
            json_build_object(
                'total_records', p_total_records,
                'current_page', n.page,
                'next_page', case when p_offset + p_limit < p_total_records then n.page + 1 end,
                'previous_page', case
                    when p_offset > 0 and p_total_records > 0 then least(n.page - 1, n.last_page)
                end,
                'limit', p_limit,
                'offset', p_offset
            ),
            json_build_object(
                'self', format('%slimit=%s&offset=%s', p_link, p_limit, p_offset),
                'next', case
                    when p_offset + p_limit < p_total_records
                        then format('%slimit=%s&offset=%s', p_link, p_limit, p_offset + p_limit)
                end,
                'previous', case
                    when p_offset > 0
                        then format(
                            '%slimit=%s&offset=%s', p_link, p_limit, greatest(0, p_offset - p_limit)
                        )
                end
            )
        )
    from (
        select
            (p_offset + p_limit - 1) / p_limit + 1 as page,
            (p_total_records + p_limit - 1) / p_limit as last_page
    ) as n
$$;

comment on function ops.list_body(text, json, bigint, integer, integer, text) is
'The JSON envelope of a page: data, meta (total_records, current_page, next_page, previous_page, '
'limit, offset) and links made of p_link, a path and query ending in ? or &.';
grant execute on function ops.list_body(text, json, bigint, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped;
