-- Translated financials of a quarter as the API answers them.
create or replace view company.financials_record
with (security_invoker = true)
as
select
    f.company_id,
    f.currency,
    f.is_reporting_currency,
    trim_scale(f.exchange_rate_used) as exchange_rate_used,
    trim_scale(f.closing_rate_used) as closing_rate_used,
    trim_scale(f.total_revenue) as total_revenue,
    trim_scale(f.recurring_revenue) as recurring_revenue,
    trim_scale(f.gross_profit) as gross_profit,
    trim_scale(f.debt_outstanding) as debt_outstanding,
    trim_scale(f.sales_marketing_expense) as sales_marketing_expense,
    trim_scale(f.total_operating_expense) as total_operating_expense,
    trim_scale(f.ebitda) as ebitda,
    trim_scale(f.net_income) as net_income,
    trim_scale(f.cash_burn) as cash_burn,
    trim_scale(f.cash_balance) as cash_balance,
    f.employees,
    f.customers,
    f.fiscal_reporting_date,
    f.fiscal_reporting_quarter,
    f.reporting_year,
    f.reporting_quarter,
    f.created_date,
    coalesce(cu.display_name, 'Former user') as created_by,
    f.last_update_date,
    case
        when f.last_updated_by is not null then coalesce(lu.display_name, 'Former user')
    end as last_updated_by
from company.quarterly_reporting_financials as f
left join security.person as cu on f.created_by = cu.user_id
left join security.person as lu on f.last_updated_by = lu.user_id;

comment on view company.financials_record is
'One row per company, quarter and currency, in the keys of GET /v1/reporting/.';
grant select on company.financials_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
