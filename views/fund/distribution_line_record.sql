-- Every leg of a partner's part of a distribution, as the API answers it.
create or replace view fund.distribution_line_record
with (security_invoker = true)
as
select
    l.fund_id,
    l.distribution_id,
    l.event_id,
    l.event_on,
    l.line_number,
    l.investor_id,
    i.investor_code,
    i.name as investor,
    l.reason,
    l.weight,
    l.exact_amount,
    l.amount::numeric(20, 2) as amount,
    l.recallable_amount::numeric(20, 2) as recallable_amount
from fund.distribution_line as l
inner join fund.investor as i on l.investor_id = i.investor_id;

comment on view fund.distribution_line_record is
'One row per distribution, partner and thing that set or changed the partner''s part of it, in the '
'keys of GET /v1/funds/{fund_id}/distributions/{distribution_id}; amounts in the fund''s currency.';
grant select on fund.distribution_line_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
