-- A valuation round as the API answers it.
create or replace view company.valuation_round_record
with (security_invoker = true)
as
select
    v.valuation_round_id,
    v.company_id,
    v.round_on,
    v.round_name,
    v.post_money_valuation,
    v.equity_raised,
    v.amount_unit,
    v.currency,
    v.created_date,
    coalesce(cu.display_name, 'Former user') as created_by,
    v.last_update_date,
    case
        when v.last_updated_by is not null then coalesce(lu.display_name, 'Former user')
    end as last_updated_by,
    v.row_version
from company.valuation_round as v
left join security.person as cu on v.created_by = cu.user_id
left join security.person as lu on v.last_updated_by = lu.user_id;

comment on view company.valuation_round_record is
'One row per company and valuation round, in the keys of GET '
'/v1/company/{company_id}/valuation-rounds.';
grant select on company.valuation_round_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
