-- An event and the one that took it back leave nothing, partner by partner, in any table.
create or replace view ops.check_reversed_events_leave_nothing
with (security_invoker = true)
as
with line as (
    select
        l.fund_id,
        l.event_id,
        'commitment_line' as table_name,
        l.investor_id,
        null::uuid as subject_id,
        array[l.amount] as amounts
    from fund.commitment_line as l
    union all
    select
        l.fund_id,
        l.event_id,
        'capital_call_line',
        l.investor_id,
        l.call_id,
        array[l.weight, l.exact_amount, l.capital_amount, l.fee_amount]
    from fund.capital_call_line as l
    union all
    select
        l.fund_id,
        l.event_id,
        'payment_line ' || l.applied_to,
        l.investor_id,
        l.call_id,
        array[l.amount]
    from fund.payment_line as l
    union all
    select
        l.fund_id,
        l.event_id,
        'late_interest',
        l.investor_id,
        l.call_id,
        array[l.late_amount, l.exact_amount, l.amount]
    from fund.late_interest as l
    union all
    select
        l.fund_id,
        l.event_id,
        'true_up_interest ' || l.charged_for,
        l.investor_id,
        l.subject_id,
        array[l.principal, l.exact_amount, l.amount]
    from fund.true_up_interest as l
    union all
    select
        l.fund_id,
        l.event_id,
        'fee_line',
        l.investor_id,
        l.fee_id,
        array[
            l.exact_amount,
            l.gross_amount,
            l.waived_amount,
            l.rebated_amount,
            l.offset_amount,
            l.net_amount
        ]
    from fund.fee_line as l
    union all
    select
        l.fund_id,
        l.event_id,
        'distribution_line',
        l.investor_id,
        l.distribution_id,
        array[l.weight, l.exact_amount, l.amount, l.recallable_amount]
    from fund.distribution_line as l
    union all
    select
        l.fund_id,
        l.event_id,
        'nav_line',
        l.investor_id,
        l.nav_id,
        array[l.result_amount, l.nav_amount]
    from fund.nav_line as l
)

select
    r.fund_id,
    r.event_id,
    l.table_name,
    l.investor_id,
    l.subject_id,
    'does not take it back' as finding
from fund.event as r
inner join line as l
    on r.fund_id = l.fund_id and l.event_id in (r.event_id, r.reverses_event_id)
cross join lateral unnest(l.amounts) with ordinality as a (amount, number)
where r.reverses_event_id is not null
group by r.fund_id, r.event_id, l.table_name, l.investor_id, l.subject_id, a.number
having sum(a.amount) <> 0;

comment on view ops.check_reversed_events_leave_nothing is
'One row per reversal, table, partner and call, distribution, fee or net asset value that does not '
'take back what it reverses. Cure: restore the lines from a backup.';
