-- A movement of money between a fund and a partner, as the API answers it.
create or replace view fund.cash_flow_record
with (security_invoker = true)
as
select
    c.fund_id,
    c.flow_on,
    c.kind,
    c.investor_id,
    i.investor_code,
    i.name as investor,
    f.currency,
    c.amount::numeric(20, 2) as amount,
    c.paid_in_amount::numeric(20, 2) as paid_in_amount,
    c.distributed_amount::numeric(20, 2) as distributed_amount,
    c.recallable_amount::numeric(20, 2) as recallable_amount,
    c.event_id,
    c.event_on,
    c.line_number,
    c.call_id,
    c.distribution_id
from fund.cash_flow as c
inner join fund.fund as f on c.fund_id = f.fund_id
inner join fund.investor as i on c.investor_id = i.investor_id;

comment on view fund.cash_flow_record is
'One row per event, kind and line of money that moved between a fund and a partner, in the keys of '
'GET /v1/funds/{fund_id}/cash-flows; amounts in units of currency, from the partner''s side: '
'negative when it paid.';
grant select on fund.cash_flow_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
