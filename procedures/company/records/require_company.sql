-- Refuses an address below a company that is not there. Unknown and hidden are the same: row
-- security decides what exists.
create or replace function company.require_company(
    p_company_id text
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if not exists (select from company.company as c where c.company_id = p_company_id) then
        raise exception using
            errcode = 'QB404',
            constraint = 'company_not_found',
            column = 'company_id',
            message = 'There is no company with this company_id.',
            hint = 'GET /v1/company/ lists the companies you may see.';
    end if;
end
$$;

comment on function company.require_company(text) is
'Raises QB404 company_not_found when the caller sees no such company.';
grant execute on function company.require_company(text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
