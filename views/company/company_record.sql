-- A company as the API answers it.
create or replace view company.company_record
with (security_invoker = true)
as
select
    c.company_id,
    c.name as company_name,
    c.reporting_status,
    c.reporting_currency,
    f.name as fund,
    coalesce(l.common_name, l.name) as location_country,
    c.customer_type,
    c.revenue_type,
    c.equity_raised,
    c.post_money_valuation,
    c.amount_unit,
    c.valuation_currency,
    c.year_end_date,
    c.burn_sign,
    f.fund_id,
    c.is_archived as archived,
    c.created_date,
    coalesce(cu.display_name, 'Former user') as created_by,
    c.last_update_date,
    case
        when c.last_updated_by is not null then coalesce(lu.display_name, 'Former user')
    end as last_updated_by,
    c.row_version
from company.company as c
left join fund.fund as f on c.fund_id = f.fund_id
left join company.country as l on c.location_country = l.country
left join security.person as cu on c.created_by = cu.user_id
left join security.person as lu on c.last_updated_by = lu.user_id;

comment on view company.company_record is
'One row per company, in the keys of GET /v1/company/.';
grant select on company.company_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
