-- A contact of an investor as the API answers it: personal data, for those who write to investors
-- and for the investor itself.
create or replace view fund.contact_record
with (security_invoker = true)
as
select
    c.investor_id,
    c.contact_id,
    c.name,
    c.email,
    c.phone,
    c.is_primary,
    c.created_date,
    c.last_update_date,
    c.row_version
from fund.investor_contact as c;

comment on view fund.contact_record is
'One row per investor and contact, in the keys of GET /v1/investors/{investor_id}/contacts.';
grant select on fund.contact_record to qb_admin, qb_editor, qb_editor_scoped, qb_investor;
