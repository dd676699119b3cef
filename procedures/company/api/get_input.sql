-- GET /v1/input/{id}: one reported quarter as submitted.
create or replace function company.get_input(
    p_id uuid
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
        format('"%s"', i.row_version),
        ops.success_body(200, 'Metrics input.', to_json(r))
    from company.input_record as r
    inner join company.metrics_input as i on r.company_id = i.company_id and r.id = i.id
    where i.id = p_id;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'input_not_found',
            column = 'id',
            message = 'There is no reported quarter with this id.',
            hint = 'GET /v1/input/ lists the quarters you may see, with their ids.';
    end if;
end
$$;

comment on function company.get_input(uuid) is
'One reported quarter as submitted, with its ETag. Raises QB404 input_not_found.';
grant execute on function company.get_input(uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
