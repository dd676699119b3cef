-- POST /v1/input/: one reported quarter. Everything derived from it is in place when this returns.
create or replace function company.submit_metrics_input(
    p_company_id text default null,
    p_currency text default null,
    p_total_revenue numeric default null,
    p_recurring_revenue numeric default null,
    p_gross_profit numeric default null,
    p_sales_marketing_expense numeric default null,
    p_total_operating_expense numeric default null,
    p_ebitda numeric default null,
    p_net_income numeric default null,
    p_cash_burn numeric default null,
    p_cash_balance numeric default null,
    p_debt_outstanding numeric default null,
    p_employees integer default null,
    p_customers integer default null,
    p_fiscal_reporting_date date default null,
    p_fiscal_reporting_quarter integer default null,
    p_reporting_year integer default null,
    p_reporting_quarter integer default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
-- One company: what is derived from it is planned once for the connection, which takes longer than
-- doing it.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
    v_id uuid;
begin
    if p_company_id is null or p_fiscal_reporting_date is null then
        raise exception using
            errcode = 'QB400',
            constraint = case
                when p_company_id is null then 'company_id_required'
                else 'fiscal_reporting_date_required'
            end,
            column = case
                when p_company_id is null then 'company_id' else 'fiscal_reporting_date'
            end,
            message = 'A quarter needs a company and the last day of the fiscal quarter.',
            hint = 'Send company_id and fiscal_reporting_date.';
    end if;
    -- Unknown and hidden are the same: row security decides what exists.
    if not exists (select from company.company as c where c.company_id = p_company_id) then
        raise exception using
            errcode = 'QB400',
            constraint = 'company_unknown',
            column = 'company_id',
            message = 'The company is not known.',
            hint = 'GET /v1/company/ lists the companies you may see; a new one is created first.';
    end if;

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
    values (
        p_company_id,
        p_currency,
        p_total_revenue,
        p_recurring_revenue,
        p_gross_profit,
        p_sales_marketing_expense,
        p_total_operating_expense,
        p_ebitda,
        p_net_income,
        p_cash_burn,
        p_cash_balance,
        p_debt_outstanding,
        p_employees,
        p_customers,
        p_fiscal_reporting_date,
        p_fiscal_reporting_quarter,
        p_reporting_year,
        p_reporting_quarter
    )
    returning id into v_id;

    return query
    select
        201,
        format('"%s"', i.row_version),
        ops.success_body(201, 'Metrics input created successfully.', to_json(r))
    from company.input_record as r
    inner join company.metrics_input as i on r.company_id = i.company_id and r.id = i.id
    where r.company_id = p_company_id and r.id = v_id;
end
$$;

comment on function company.submit_metrics_input(
    text, text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric,
    numeric, numeric, integer, integer, date, integer, integer, integer
) is
'Records one reported quarter (201) and derives everything from it. Money in units of '
'p_currency, the company''s reporting currency by default; quarters are taken from the date '
'when left out. Raises QB400 company_unknown and those of the triggers, 23505 '
'metrics_input_one_per_quarter.';
grant execute on function company.submit_metrics_input(
    text, text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric,
    numeric, numeric, integer, integer, date, integer, integer, integer
) to qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
