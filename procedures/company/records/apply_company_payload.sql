-- What a company's row becomes when a payload is laid over it: an absent key leaves its column as
-- it is, an explicit null clears it. Names become keys here: fund, country, kinds; unknown funds
-- and kinds are created, they are data.
create or replace function company.apply_company_payload(
    p_company company.company,
    p_payload jsonb
)
returns company.company
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_row company.company;
    v_restates_all boolean;
    v_has_amount boolean := p_payload ?| array['equity_raised', 'post_money_valuation'];
begin
    if p_payload ? 'company_name' then
        p_payload := p_payload || jsonb_build_object('name', btrim(p_payload ->> 'company_name'));
    end if;
    if p_payload ? 'fund' then
        p_payload := p_payload || jsonb_build_object(
            'fund_id', company.ensure_fund(btrim(p_payload ->> 'fund'))
        );
    end if;
    if p_payload ->> 'location_country' is not null then
        p_payload := p_payload || jsonb_build_object(
            'location_country', company.country_by_name(p_payload ->> 'location_country')
        );
        if p_payload ->> 'location_country' is null then
            raise exception using
                errcode = 'QB400',
                constraint = 'country_unknown',
                column = 'location_country',
                message = 'The country is not in ISO 3166-1.',
                hint = 'Use a name such as United States, or a code such as US.';
        end if;
    end if;
    if p_payload ? 'archived' then
        p_payload := p_payload || jsonb_build_object('is_archived', p_payload -> 'archived');
    end if;

    v_row := jsonb_populate_record(
        p_company,
        p_payload - array[
            'company_id', 'equity_raised_amount', 'post_money_valuation_amount',
            'valuation_currency', 'created_date', 'created_by', 'row_version'
        ]
    );
    -- A default stands for what may not be null.
    v_row.amount_unit := coalesce(v_row.amount_unit, 'millions');
    v_row.burn_sign := coalesce(v_row.burn_sign, 'outflow_negative');
    v_row.is_archived := coalesce(v_row.is_archived, false);

    -- An amount may not silently change its scale or currency, by itself or because the other was
    -- sent.
    v_restates_all :=
        (p_payload ? 'equity_raised' or p_company.equity_raised is null)
        and (p_payload ? 'post_money_valuation' or p_company.post_money_valuation is null);
    if v_has_amount and not p_payload ? 'amount_unit' then
        v_row.amount_unit := 'millions';
    end if;
    if
        (
            v_row.amount_unit <> p_company.amount_unit
            and coalesce(p_company.equity_raised, p_company.post_money_valuation) is not null
            and not v_restates_all
        )
        or (
            v_has_amount
            and not v_restates_all
            and p_company.valuation_currency <> v_row.reporting_currency
        )
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'valuation_restated_together',
            column = 'amount_unit',
            message = 'Unit or currency of the valuation would change for one amount only.',
            hint = 'Send equity_raised and post_money_valuation together with amount_unit.';
    end if;
    if v_has_amount or v_row.valuation_currency is null then
        v_row.valuation_currency := case
            when coalesce(v_row.equity_raised, v_row.post_money_valuation) is not null
                then v_row.reporting_currency
        end;
    end if;
    return v_row;
end
$$;

comment on function company.apply_company_payload(company.company, jsonb) is
'The company row that results from a payload (keys of POST /v1/company/). Raises QB400 '
'country_unknown, valuation_restated_together.';
grant execute on function company.apply_company_payload(company.company, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
