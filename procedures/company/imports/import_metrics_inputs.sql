-- Takes reported quarters in bulk, checked and derived as one set. Quarters already there are left
-- as they are.
create or replace function company.import_metrics_inputs(
    p_rows jsonb
)
returns table (inserted integer, skipped integer)
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    created as (
        insert into company.metrics_input (
            company_id,
            currency,
            total_revenue,
            recurring_revenue,
            gross_profit,
            sales_marketing_expense,
            total_operating_expense,
            ebitda,
            net_income,
            cash_burn,
            cash_balance,
            debt_outstanding,
            employees,
            customers,
            fiscal_reporting_date,
            fiscal_reporting_quarter,
            reporting_year,
            reporting_quarter
        )
        select
            e.company_id,
            e.currency,
            e.total_revenue,
            e.recurring_revenue,
            e.gross_profit,
            e.sales_marketing_expense,
            e.total_operating_expense,
            e.ebitda,
            e.net_income,
            e.cash_burn,
            e.cash_balance,
            e.debt_outstanding,
            e.employees,
            e.customers,
            e.fiscal_reporting_date,
            e.fiscal_reporting_quarter,
            e.reporting_year,
            e.reporting_quarter
        from jsonb_populate_recordset(null::company.metrics_input, p_rows) as e
        on conflict (company_id, reporting_year, reporting_quarter) do nothing
        returning 1 as one
    )

    select
        (select count(*) from created)::integer,
        jsonb_array_length(p_rows) - (select count(*) from created)::integer
$$;

comment on function company.import_metrics_inputs(jsonb) is
'Creates the reported quarters of an array of objects (keys of POST /v1/input/) that are not there '
'yet; returns how many were created and skipped.';
grant execute on function company.import_metrics_inputs(jsonb) to qb_admin, qb_editor;
