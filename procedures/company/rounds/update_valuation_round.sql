-- PATCH /v1/company/{company_id}/valuation-rounds/{valuation_round_id}: corrects a round. The
-- company's quarters are valued by it when this returns.
create or replace function company.update_valuation_round(
    p_company_id text,
    p_valuation_round_id uuid,
    p_round jsonb,
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
    v_new company.valuation_round;
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    v_new := company.apply_round_payload(
        v_old,
        p_round,
        (select c.reporting_currency from company.company as c where c.company_id = p_company_id)
    );
    update company.valuation_round as v
    set
        round_on = v_new.round_on,
        round_name = v_new.round_name,
        post_money_valuation = v_new.post_money_valuation,
        equity_raised = v_new.equity_raised,
        amount_unit = v_new.amount_unit,
        currency = v_new.currency
    where v.company_id = p_company_id and v.valuation_round_id = p_valuation_round_id;

    return query
    select a.status, a.etag, a.body
    from company.round_answer(
        p_company_id, p_valuation_round_id, 200, 'Valuation round updated successfully.'
    ) as a;
end
$$;

comment on function company.update_valuation_round(text, uuid, jsonb, text) is
'Corrects a valuation round (200) and derives the company''s quarters again: an absent key leaves '
'the column, an explicit null clears it or restores its default. Raises QB404 company_not_found, '
'valuation_round_not_found, QB412 stale_version, 23505 valuation_round_one_per_day, the table''s '
'constraints.';
grant execute on function company.update_valuation_round(text, uuid, jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
