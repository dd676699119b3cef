-- PATCH /v1/company/{company_id}: changes what the payload names and nothing else.
create or replace function company.update_company(
    p_company_id text,
    p_company jsonb,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_old company.company := company.lock_company(p_company_id);
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    if p_company ? 'company_id' and p_company ->> 'company_id' is distinct from p_company_id then
        raise exception using
            errcode = 'QB400',
            constraint = 'company_id_is_fixed',
            column = 'company_id',
            message = 'The company_id of a company never changes.',
            hint = 'Leave company_id out.';
    end if;

    perform company.write_company(p_company_id, v_old, p_company);

    return query
    select
        200,
        format('"%s"', r.row_version),
        ops.success_body(200, 'Company updated successfully.', to_json(r))
    from company.company_record as r
    where r.company_id = p_company_id;
end
$$;

comment on function company.update_company(text, jsonb, text) is
'Changes a company (200) by the keys of POST /v1/company/ and archived: an absent key leaves the '
'column, an explicit null clears it. Raises QB404 company_not_found, QB412 stale_version, QB400 '
'company_id_is_fixed and what save_company raises.';
grant execute on function company.update_company(text, jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
