-- DELETE /v1/company/{company_id}/valuation-rounds/{valuation_round_id}: takes a round back.
-- Quarters are valued by the round before it when this returns, and without any by the company
-- itself.
create or replace function company.delete_valuation_round(
    p_company_id text,
    p_valuation_round_id uuid,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_old company.valuation_round := company.lock_round(p_company_id, p_valuation_round_id);
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    delete from company.valuation_round as v
    where v.company_id = p_company_id and v.valuation_round_id = p_valuation_round_id;
    return query
    select
        200,
        null::text,
        ops.success_body(
            200,
            'Valuation round deleted.',
            json_build_object('valuation_round_id', p_valuation_round_id)
        );
end
$$;

comment on function company.delete_valuation_round(text, uuid, text) is
'Deletes a valuation round (200) and derives the company''s quarters again. Raises QB404 '
'company_not_found, valuation_round_not_found, QB412 stale_version.';
grant execute on function company.delete_valuation_round(text, uuid, text) to
qb_admin, qb_editor, qb_editor_scoped;
