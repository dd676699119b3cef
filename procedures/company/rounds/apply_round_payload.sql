-- What a valuation round becomes when a payload is laid over it: an absent key leaves its column as
-- it is, an explicit null clears it. A default stands for what may not be null.
create or replace function company.apply_round_payload(
    p_round company.valuation_round,
    p_payload jsonb,
    p_default_currency text
)
returns company.valuation_round
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_row company.valuation_round := jsonb_populate_record(
        p_round,
        p_payload - array[
            'company_id', 'valuation_round_id', 'post_money_valuation_amount',
            'equity_raised_amount', 'created_date', 'created_by', 'last_update_date',
            'last_updated_by', 'row_version'
        ]
    );
begin
    v_row.amount_unit := coalesce(v_row.amount_unit, 'millions');
    v_row.currency := coalesce(v_row.currency, p_default_currency);
    return v_row;
end
$$;

comment on function company.apply_round_payload(company.valuation_round, jsonb, text) is
'The valuation round that results from a payload (round_on, round_name, post_money_valuation, '
'equity_raised, amount_unit, currency); amounts are in millions of p_default_currency unless it '
'says otherwise.';
grant execute on function company.apply_round_payload(company.valuation_round, jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
