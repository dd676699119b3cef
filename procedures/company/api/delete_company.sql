-- DELETE /v1/company/{company_id}: for a company made by mistake. One that has reported is
-- archived: its quarters are history.
create or replace function company.delete_company(
    p_company_id text,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_company company.company := company.lock_company(p_company_id);
    v_inputs bigint;
begin
    perform ops.check_if_match(p_if_match, v_company.row_version);
    select count(*) into v_inputs
    from company.metrics_input as i
    where i.company_id = p_company_id;
    if v_inputs > 0 then
        raise exception using
            errcode = 'QB409',
            constraint = 'company_has_inputs',
            column = 'company_id',
            message = 'The company has reported quarters and cannot be deleted.',
            detail = format('Quarters: %s.', v_inputs),
            hint = 'Archive it instead: PATCH /v1/company/{company_id} with {"archived": true}.';
    end if;

    delete from company.valuation_round as r where r.company_id = p_company_id;
    delete from company.company as c where c.company_id = p_company_id;
    if not found then
        -- Locked and seen: row security lets narrowed editors delete companies of their funds only.
        raise exception using
            errcode = 'QB403',
            constraint = 'company_deleted_by_its_fund',
            column = 'company_id',
            message = 'The company was given to you without its fund, and is not yours to delete.',
            hint = 'Ask an editor of the whole firm, or one who sees all of its fund.';
    end if;
    return query
    select
        200,
        null::text,
        ops.success_body(
            200, 'Company deleted.', json_build_object('company_id', p_company_id)
        );
end
$$;

comment on function company.delete_company(text, text) is
'Deletes a company and its valuation rounds (200). Raises QB404 company_not_found, QB412 '
'stale_version, QB409 company_has_inputs while it has reported quarters, QB403 '
'company_deleted_by_its_fund to an editor who was given the company without its fund.';
grant execute on function company.delete_company(text, text) to
qb_admin, qb_editor, qb_editor_scoped;
