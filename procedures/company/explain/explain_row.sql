-- Which stored row a number stands in, and who wrote it when, as explanations show it.
create or replace function company.explain_row(
    p_table text,
    p_id text,
    p_row_version bigint,
    p_created_date timestamptz,
    p_created_by uuid,
    p_last_update_date timestamptz,
    p_last_updated_by uuid
)
returns jsonb
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return jsonb_build_object(
        'table', p_table,
        'id', p_id,
        'row_version', p_row_version,
        'created_date', p_created_date,
        'created_by', coalesce(
            (select p.display_name from security.person as p where p.user_id = p_created_by),
            'Former user'
        ),
        'last_update_date', p_last_update_date,
        'last_updated_by', case
            when p_last_updated_by is not null
                then coalesce(
                    (
                        select p.display_name
                        from security.person as p
                        where p.user_id = p_last_updated_by
                    ),
                    'Former user'
                )
        end
    );
end
$$;

comment on function company.explain_row(
    text, text, bigint, timestamptz, uuid, timestamptz, uuid
) is
'A stored row as explanations show it: table, id, row_version, and who wrote it when, by name.';
grant execute on function company.explain_row(
    text, text, bigint, timestamptz, uuid, timestamptz, uuid
) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
