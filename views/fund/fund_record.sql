-- A fund as the API answers it to the firm.
create or replace view fund.fund_record
with (security_invoker = true)
as
select
    f.fund_id,
    f.name,
    f.currency,
    f.vintage_year,
    f.status,
    b.first_on as books_first_on,
    b.period_months as books_period_months,
    a.kind as receivable_as,
    f.created_date,
    coalesce(cu.display_name, 'Former user') as created_by,
    f.last_update_date,
    case
        when f.last_updated_by is not null then coalesce(lu.display_name, 'Former user')
    end as last_updated_by,
    f.row_version
from fund.fund as f
left join ledger.book as b on f.fund_id = b.fund_id
left join ledger.account as a on b.fund_id = a.fund_id and a.account_number = '1100'
left join security.person as cu on f.created_by = cu.user_id
left join security.person as lu on f.last_updated_by = lu.user_id;

comment on view fund.fund_record is
'One row per fund, in the keys of GET /v1/funds.';
grant select on fund.fund_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
