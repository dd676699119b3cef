-- A period of a fund's books as the API answers it.
create or replace view ledger.period_record
with (security_invoker = true)
as
select
    p.fund_id,
    p.first_on,
    p.last_on,
    p.is_closed,
    p.closed_at,
    case
        when p.closed_by is not null then coalesce(u.display_name, 'Former user')
    end as closed_by
from ledger.period as p
left join security.person as u on p.closed_by = u.user_id;

comment on view ledger.period_record is
'One row per fund and period of its books, in the keys of GET /v1/funds/{fund_id}/periods.';
grant select on ledger.period_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
