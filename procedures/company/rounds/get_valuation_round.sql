-- GET /v1/company/{company_id}/valuation-rounds/{valuation_round_id}: one round.
create or replace function company.get_valuation_round(
    p_company_id text,
    p_valuation_round_id uuid
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
    select a.status, a.etag, a.body
    from company.round_answer(p_company_id, p_valuation_round_id, 200, 'Valuation round.') as a;
end
$$;

comment on function company.get_valuation_round(text, uuid) is
'One valuation round with its ETag. Raises QB404 company_not_found, valuation_round_not_found.';
grant execute on function company.get_valuation_round(text, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
