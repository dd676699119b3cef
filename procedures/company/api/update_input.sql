-- PATCH /v1/input/{id}: corrects a reported quarter. Everything derived from it is in place when
-- this returns.
create or replace function company.update_input(
    p_id uuid,
    p_input jsonb,
    p_if_match text default null
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
    v_old company.metrics_input := company.lock_input(p_id);
    v_new company.metrics_input;
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    if p_input ? 'company_id' and p_input ->> 'company_id' is distinct from v_old.company_id then
        raise exception using
            errcode = 'QB400',
            constraint = 'company_id_is_fixed',
            column = 'company_id',
            message = 'A reported quarter stays with its company.',
            hint = 'Delete this quarter and submit it for the other company.';
    end if;

    v_new := company.apply_input_payload(v_old, p_input);
    update company.metrics_input as i
    set
        currency = v_new.currency,
        total_revenue = v_new.total_revenue,
        recurring_revenue = v_new.recurring_revenue,
        gross_profit = v_new.gross_profit,
        sales_marketing_expense = v_new.sales_marketing_expense,
        total_operating_expense = v_new.total_operating_expense,
        ebitda = v_new.ebitda,
        net_income = v_new.net_income,
        cash_burn = v_new.cash_burn,
        cash_balance = v_new.cash_balance,
        debt_outstanding = v_new.debt_outstanding,
        employees = v_new.employees,
        customers = v_new.customers,
        fiscal_reporting_date = v_new.fiscal_reporting_date,
        fiscal_reporting_quarter = v_new.fiscal_reporting_quarter,
        reporting_year = v_new.reporting_year,
        reporting_quarter = v_new.reporting_quarter
    where i.company_id = v_old.company_id and i.id = p_id;

    return query
    select
        200,
        format('"%s"', i.row_version),
        ops.success_body(200, 'Metrics input updated successfully.', to_json(r))
    from company.input_record as r
    inner join company.metrics_input as i on r.company_id = i.company_id and r.id = i.id
    where i.company_id = v_old.company_id and i.id = p_id;
end
$$;

comment on function company.update_input(uuid, jsonb, text) is
'Corrects a reported quarter (200) by the keys of POST /v1/input/: an absent key leaves the '
'column, an explicit null clears it; currency and quarters are then completed as when submitting, '
'quarters also when the date changes without them. Raises QB404 input_not_found, QB412 '
'stale_version, QB400 company_id_is_fixed and those of the triggers, 23505 '
'metrics_input_one_per_quarter.';
grant execute on function company.update_input(uuid, jsonb, text) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
