-- A reported quarter as the API answers it: exactly the columns of the contract (FOUNDING.md).
create or replace view company.input_record
with (security_invoker = true)
as
select
    i.id,
    i.company_id,
    i.currency,
    i.total_revenue,
    i.recurring_revenue,
    i.gross_profit,
    i.sales_marketing_expense,
    i.total_operating_expense,
    i.ebitda,
    i.net_income,
    i.cash_burn,
    i.cash_balance,
    i.debt_outstanding,
    i.employees,
    i.customers,
    i.fiscal_reporting_date,
    i.fiscal_reporting_quarter,
    i.reporting_year,
    i.reporting_quarter,
    i.created_date,
    coalesce(cu.display_name, 'Former user') as created_by,
    i.last_update_date,
    case
        when i.last_updated_by is not null then coalesce(lu.display_name, 'Former user')
    end as last_updated_by
from company.metrics_input as i
left join security.person as cu on i.created_by = cu.user_id
left join security.person as lu on i.last_updated_by = lu.user_id;

comment on view company.input_record is
'One row per company and reported quarter, in the keys of GET /v1/input/.';
grant select on company.input_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
