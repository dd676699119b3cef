-- POST /v1/company/{company_id}/valuation-rounds: a dated valuation. The company's quarters are
-- valued by it when this returns.
create or replace function company.add_valuation_round(
    p_company_id text,
    p_round jsonb
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_company company.company := company.lock_company(p_company_id);
    v_round company.valuation_round := company.apply_round_payload(
        null, p_round, v_company.reporting_currency
    );
begin
    insert into company.valuation_round (
        company_id, round_on, round_name, post_money_valuation, equity_raised, amount_unit, currency
    )
    values (
        p_company_id, v_round.round_on, v_round.round_name, v_round.post_money_valuation,
        v_round.equity_raised, v_round.amount_unit, v_round.currency
    )
    returning valuation_round_id into v_round.valuation_round_id;

    return query
    select a.status, a.etag, a.body
    from company.round_answer(
        p_company_id, v_round.valuation_round_id, 201, 'Valuation round created successfully.'
    ) as a;
end
$$;

comment on function company.add_valuation_round(text, jsonb) is
'Adds a valuation round (201) and derives the company''s quarters again; amounts in millions of '
'the reporting currency unless amount_unit and currency say otherwise. Raises QB404 '
'company_not_found, 23505 valuation_round_one_per_day, the table''s constraints.';
grant execute on function company.add_valuation_round(text, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
