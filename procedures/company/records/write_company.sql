-- Writes a company as a payload wants it: what POST and PATCH have in common. The caller has locked
-- the row and looked at its version.
create or replace function company.write_company(
    p_company_id text,
    p_old company.company,
    p_payload jsonb
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_new company.company := company.apply_company_payload(p_old, p_payload);
begin
    if v_new.name is null or v_new.name = '' then
        raise exception using
            errcode = 'QB400',
            constraint = 'company_name_not_blank',
            column = 'company_name',
            message = 'A company needs a name.',
            hint = 'Send company_name.';
    end if;
    if v_new.reporting_currency is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'reporting_currency_required',
            column = 'reporting_currency',
            message = 'A company needs a reporting currency.',
            hint = 'Send a three-letter code of ISO 4217 such as USD.';
    end if;

    if
        current_user = 'qb_editor_scoped'
        and (p_old.company_id is null or v_new.fund_id is distinct from p_old.fund_id)
    then
        v_new.fund_id := company.narrowed_fund(p_old.fund_id, v_new.fund_id);
    end if;

    insert into company.customer_type (customer_type)
    select v_new.customer_type where v_new.customer_type is not null
    on conflict do nothing;
    insert into company.revenue_type (revenue_type)
    select v_new.revenue_type where v_new.revenue_type is not null
    on conflict do nothing;

    if p_old.company_id is null then
        insert into company.company (
            company_id, name, reporting_status, reporting_currency, fund_id, location_country,
            customer_type, revenue_type, equity_raised, post_money_valuation, amount_unit,
            valuation_currency, year_end_date, burn_sign, is_archived
        )
        values (
            p_company_id, v_new.name, v_new.reporting_status, v_new.reporting_currency,
            v_new.fund_id, v_new.location_country, v_new.customer_type, v_new.revenue_type,
            v_new.equity_raised, v_new.post_money_valuation, v_new.amount_unit,
            v_new.valuation_currency, v_new.year_end_date, v_new.burn_sign, v_new.is_archived
        );
    else
        update company.company as c
        set
            name = v_new.name,
            reporting_status = v_new.reporting_status,
            reporting_currency = v_new.reporting_currency,
            fund_id = v_new.fund_id,
            location_country = v_new.location_country,
            customer_type = v_new.customer_type,
            revenue_type = v_new.revenue_type,
            equity_raised = v_new.equity_raised,
            post_money_valuation = v_new.post_money_valuation,
            amount_unit = v_new.amount_unit,
            valuation_currency = v_new.valuation_currency,
            year_end_date = v_new.year_end_date,
            burn_sign = v_new.burn_sign,
            is_archived = v_new.is_archived
        where c.company_id = p_company_id;
    end if;
end
$$;

comment on function company.write_company(text, company.company, jsonb) is
'Creates or updates a company from a payload (keys of POST /v1/company/, and archived) laid over '
'its old row. Raises QB400 company_name_not_blank, reporting_currency_required, fund_required, '
'company_keeps_its_fund and what apply_company_payload raises; QB409 valuation_by_rounds; the '
'table''s constraints.';
grant execute on function company.write_company(text, company.company, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;
