-- A receipt of money from a partner, and what it was for, as the API answers it.
create or replace view fund.payment_record
with (security_invoker = true)
as
select
    p.fund_id,
    p.event_id as payment_id,
    p.investor_id,
    i.investor_code,
    i.name as investor,
    p.received_on,
    f.currency,
    p.amount::numeric(20, 2) as amount,
    l.call_amount::numeric(20, 2) as call_amount,
    l.late_interest_amount::numeric(20, 2) as late_interest_amount,
    l.advance_amount::numeric(20, 2) as advance_amount,
    p.memo,
    fund.is_reversed(p.fund_id, p.event_id) as is_reversed
from fund.payment as p
inner join fund.fund as f on p.fund_id = f.fund_id
inner join fund.investor as i on p.investor_id = i.investor_id
left join lateral (
    select
        coalesce(sum(x.amount) filter (where x.applied_to = 'call'), 0) as call_amount,
        coalesce(
            sum(x.amount) filter (where x.applied_to = 'late_interest'), 0
        ) as late_interest_amount,
        coalesce(sum(x.amount) filter (where x.applied_to = 'advance'), 0) as advance_amount
    from fund.payment_line as x
    where x.fund_id = p.fund_id and x.event_on = p.received_on and x.event_id = p.event_id
) as l on true;

comment on view fund.payment_record is
'One row per receipt of money from a partner, in the keys of GET /v1/funds/{fund_id}/payments: '
'what of it was for calls, for late interest and in advance, in units of currency, as applied on '
'the day; a reversed one stands with its amounts.';
grant select on fund.payment_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
