-- Every leg of a partner's part of a capital call, as the API answers it.
create or replace view fund.capital_call_line_record
with (security_invoker = true)
as
select
    l.fund_id,
    l.call_id,
    l.event_id,
    l.event_on,
    l.line_number,
    l.investor_id,
    i.investor_code,
    i.name as investor,
    l.reason,
    l.is_excused,
    l.weight,
    l.exact_amount,
    l.exact_fee_amount,
    l.capital_amount::numeric(20, 2) as capital_amount,
    l.fee_amount::numeric(20, 2) as fee_amount,
    l.memo
from fund.capital_call_line as l
inner join fund.investor as i on l.investor_id = i.investor_id;

comment on view fund.capital_call_line_record is
'One row per capital call, partner and thing that set or changed the partner''s part of it, in the '
'keys of GET /v1/funds/{fund_id}/capital-calls/{call_id}; amounts in the fund''s currency.';
grant select on fund.capital_call_line_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
