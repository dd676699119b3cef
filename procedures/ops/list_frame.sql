-- The envelope of one page of a list, without the page: what stands before and after the data.
create or replace function ops.list_frame(
    p_message text,
    p_total_records bigint,
    p_limit integer,
    p_offset integer,
    p_link text
)
returns text[]
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        array[
            format(
                '{"status": "success", "code": 200, "message": %s, "data": ', to_json(p_message)
            ),
            format(
                ', "meta": {"total_records": %s, "current_page": %s, "next_page": %s, '
                '"previous_page": %s, "limit": %s, "offset": %s}, '
                '"links": {"self": %s, "next": %s, "previous": %s}}',
                p_total_records,
                n.page,
                case when n.has_next then (n.page + 1)::text else 'null' end,
                case
                    when p_offset > 0 and p_total_records > 0
                        then least(n.page - 1, n.last_page)::text
                    else 'null'
                end,
                p_limit,
                p_offset,
                to_json(format('%slimit=%s&offset=%s', p_link, p_limit, p_offset)),
                case
                    when n.has_next
                        then to_json(
                            format('%slimit=%s&offset=%s', p_link, p_limit, p_offset + p_limit)
                        )::text
                    else 'null'
                end,
                case
                    when p_offset > 0
                        then to_json(
                            format(
                                '%slimit=%s&offset=%s',
                                p_link,
                                p_limit,
                                greatest(0, p_offset - p_limit)
                            )
                        )::text
                    else 'null'
                end
            )
        ]
    from (
        select
            (p_offset + p_limit - 1) / p_limit + 1 as page,
            (p_total_records + p_limit - 1) / p_limit as last_page,
            p_offset + p_limit < p_total_records as has_next
    ) as n
$$;

comment on function ops.list_frame(text, bigint, integer, integer, text) is
'The JSON envelope of a page in two parts, before and after its data: message; meta '
'(total_records, current_page, next_page, previous_page, limit, offset) and links made of p_link, '
'a path and query ending in ? or &.';
grant execute on function ops.list_frame(text, bigint, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped;
