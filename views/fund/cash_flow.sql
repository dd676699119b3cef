-- What moved between a fund and each of its partners: what net returns are made of. Day and amount
-- are the partner's: what it paid is negative, what it got positive. A row stands for good; what
-- takes it back has the other sign and the same day, so that a return is as if it had never been.
create or replace view fund.cash_flow
with (security_invoker = true)
as
select
    l.fund_id,
    l.investor_id,
    coalesce(l.flow_on, l.event_on) as flow_on,
    case
        when l.applied_to <> 'call' then l.applied_to
        when l.reason = 'payment' then 'contribution'
        else l.reason
    end as kind,
    -l.amount as amount,
    case when l.applied_to = 'call' then l.amount else 0 end as paid_in_amount,
    0::numeric as distributed_amount,
    0::numeric as recallable_amount,
    l.event_id,
    l.event_on,
    l.line_number,
    l.call_id,
    null::uuid as distribution_id
from fund.payment_line as l
union all
select
    l.fund_id,
    l.investor_id,
    coalesce(
        l.flow_on,
        case when l.reason = 'rebalancing' then l.event_on else d.paid_on end
    ),
    case l.reason
        when 'rebalancing' then 'distribution_rebalancing'
        when 'transfer' then 'distribution_transfer'
        else 'distribution'
    end,
    l.amount,
    0,
    l.amount,
    l.recallable_amount,
    l.event_id,
    l.event_on,
    l.line_number,
    null,
    l.distribution_id
from fund.distribution_line as l
inner join fund.distribution as d
    on l.fund_id = d.fund_id and l.distribution_id = d.event_id
union all
select
    l.fund_id,
    l.investor_id,
    -- A close that is taken back moved nothing on its day.
    l.to_on,
    'true_up_interest',
    -l.amount,
    0,
    0,
    0,
    l.event_id,
    l.event_on,
    l.line_number,
    case when l.charged_for = 'call' then l.subject_id end,
    case when l.charged_for = 'distribution' then l.subject_id end
from fund.true_up_interest as l;

comment on view fund.cash_flow is
'One row per partner and movement of money between it and the fund, and per one that takes it '
'back; amounts in the fund''s currency to the cent. kind: contribution, rebalancing (of calls, by '
'a close), transfer, distribution, distribution_rebalancing, distribution_transfer, advance (paid '
'before it was called; taken back when a call uses it), late_interest, true_up_interest. Only '
'paid_in_amount and distributed_amount count in performance.';
comment on column fund.cash_flow.flow_on is
'Day that the money counts from: receipt, or the due date of the call where the terms say so '
'(paid_in_dated_by); the payment of a distribution. What takes a row back, or transfers it, '
'has the day of that row.';
comment on column fund.cash_flow.amount is
'Money of the partner: negative when it paid, positive when it got.';
comment on column fund.cash_flow.paid_in_amount is
'What of it is paid-in capital: payments of calls, less what a close paid back; not advances, '
'interest.';
comment on column fund.cash_flow.distributed_amount is
'What of it is distributed, recallable_amount included.';
comment on column fund.cash_flow.event_on is
'Day on which the event that wrote the row stands in the books: the row counts from then on.';
grant select on fund.cash_flow to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
