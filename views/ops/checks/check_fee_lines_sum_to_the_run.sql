-- An accrual of the management fee is its partners' lines, from gross to net.
create or replace view ops.check_fee_lines_sum_to_the_run
with (security_invoker = true)
as
select
    r.fund_id,
    r.event_id,
    'the lines are not the fee' as finding
from fund.fee_run as r
left join fund.fee_line as l
    on r.fund_id = l.fund_id and r.event_id = l.fee_id and r.event_id = l.event_id
group by r.fund_id, r.event_id
having
    coalesce(sum(l.gross_amount), 0) <> r.gross_amount
    or coalesce(sum(l.waived_amount), 0) <> r.waived_amount
    or coalesce(sum(l.rebated_amount), 0) <> r.rebated_amount
    or coalesce(sum(l.offset_amount), 0) <> r.offset_amount
    or coalesce(sum(l.net_amount), 0) <> r.net_amount;

comment on view ops.check_fee_lines_sum_to_the_run is
'One row per accrual of the management fee whose lines do not sum to it, from gross to net. Cure: '
'restore the lines from a backup.';
