-- A distribution is its partners' lines, and what of it is recallable too.
create or replace view ops.check_distribution_lines_sum
with (security_invoker = true)
as
select
    d.fund_id,
    d.event_id as distribution_id,
    'the lines are not the distribution' as finding
from fund.distribution as d
left join fund.distribution_line as l
    on d.fund_id = l.fund_id and d.event_id = l.distribution_id and d.event_id = l.event_id
group by d.fund_id, d.event_id
having
    coalesce(sum(l.amount), 0) <> d.amount
    or coalesce(sum(l.recallable_amount), 0) <> d.recallable_amount;

comment on view ops.check_distribution_lines_sum is
'One row per distribution whose own lines do not add up to it, or their recallable parts to its '
'recallable amount. Cure: restore the lines from a backup.';
