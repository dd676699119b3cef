-- The answer that shows one valuation round.
create or replace function company.round_answer(
    p_company_id text,
    p_valuation_round_id uuid,
    p_status integer,
    p_message text
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
        p_status,
        format('"%s"', r.row_version),
        ops.success_body(p_status, p_message, to_json(r))
    from company.valuation_round_record as r
    where r.company_id = p_company_id and r.valuation_round_id = p_valuation_round_id;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'valuation_round_not_found',
            column = 'valuation_round_id',
            message = 'The company has no valuation round with this id.',
            hint = 'GET /v1/company/{company_id}/valuation-rounds lists its rounds.';
    end if;
end
$$;

comment on function company.round_answer(text, uuid, integer, text) is
'Status, ETag and envelope of one valuation round. Raises QB404 valuation_round_not_found.';
grant execute on function company.round_answer(text, uuid, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
