-- What a close or a transfer moves between partners comes from one and goes to another: nothing
-- arises, nothing is lost.
create or replace view ops.check_shared_again_sums_to_zero
with (security_invoker = true)
as
with leg as (
    select
        l.fund_id,
        l.event_id,
        'distribution_line' as table_name,
        l.distribution_id as subject_id,
        l.amount,
        l.recallable_amount as other_amount
    from fund.distribution_line as l
    where l.reason in ('rebalancing', 'transfer')
    union all
    select
        l.fund_id,
        l.event_id,
        'capital_call_line',
        l.call_id,
        l.capital_amount,
        l.fee_amount
    from fund.capital_call_line as l
    where l.reason in ('rebalancing', 'transfer')
    union all
    select
        l.fund_id,
        l.event_id,
        'commitment_line',
        null,
        l.amount,
        0
    from fund.commitment_line as l
    inner join fund.transfer as t on l.fund_id = t.fund_id and l.event_id = t.event_id
    union all
    select
        l.fund_id,
        l.event_id,
        'payment_line',
        l.call_id,
        l.amount,
        0
    from fund.payment_line as l
    inner join fund.transfer as t on l.fund_id = t.fund_id and l.event_id = t.event_id
    union all
    select
        l.fund_id,
        l.event_id,
        'late_interest',
        l.call_id,
        l.amount,
        0
    from fund.late_interest as l
    inner join fund.transfer as t on l.fund_id = t.fund_id and l.event_id = t.event_id
    union all
    select
        l.fund_id,
        l.event_id,
        'fee_line',
        l.fee_id,
        l.net_amount,
        l.gross_amount
    from fund.fee_line as l
    inner join fund.transfer as t on l.fund_id = t.fund_id and l.event_id = t.event_id
    union all
    select
        l.fund_id,
        l.event_id,
        'nav_line',
        l.nav_id,
        l.nav_amount,
        l.result_amount
    from fund.nav_line as l
    inner join fund.transfer as t on l.fund_id = t.fund_id and l.event_id = t.event_id
    union all
    -- Interest that earlier partners get is what new ones pay.
    select
        l.fund_id,
        l.event_id,
        'true_up_interest',
        l.subject_id,
        l.amount,
        0
    from fund.true_up_interest as l
    where
        exists (
            select
            from fund.true_up_interest as o
            where
                o.fund_id = l.fund_id
                and o.event_on = l.event_on
                and o.event_id = l.event_id
                and o.subject_id = l.subject_id
                and sign(o.amount) = -sign(l.amount)
        )
)

select
    l.fund_id,
    l.event_id,
    l.table_name,
    l.subject_id,
    sum(l.amount) as amount,
    sum(l.other_amount) as other_amount,
    'is not 0' as finding
from leg as l
group by l.fund_id, l.event_id, l.table_name, l.subject_id
having sum(l.amount) <> 0 or sum(l.other_amount) <> 0;

comment on view ops.check_shared_again_sums_to_zero is
'One row per close or transfer, table and call, distribution or fee whose legs between partners do '
'not sum to 0. Cure: restore the lines from a backup.';
