-- GET /v1/company/{company_id}: one company.
create or replace function company.get_company(
    p_company_id text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform company.require_company(p_company_id);
    return query
    select
        200,
        format('"%s"', r.row_version),
        ops.success_body(200, 'Company.', to_json(r))
    from company.company_record as r
    where r.company_id = p_company_id;
end
$$;

comment on function company.get_company(text) is
'One company with its ETag. Raises QB404 company_not_found.';
grant execute on function company.get_company(text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
