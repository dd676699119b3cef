-- After every event a partner's commitment is not below what it gave up, and what was called of it
-- not above it and what came back to be called again.
create or replace view ops.check_commitments_hold
with (security_invoker = true)
as
with change as (
    select
        l.fund_id,
        l.event_id,
        l.investor_id,
        l.amount as committed,
        l.amount as callable
    from fund.commitment_line as l
    union all
    select
        l.fund_id,
        l.event_id,
        l.investor_id,
        0,
        -l.capital_amount - l.fee_amount
    from fund.capital_call_line as l
    union all
    select
        l.fund_id,
        l.event_id,
        l.investor_id,
        0,
        l.recallable_amount
    from fund.distribution_line as l
),

event as (
    select
        c.fund_id,
        e.event_number,
        c.investor_id,
        sum(c.committed) as committed,
        sum(c.callable) as callable
    from change as c
    inner join fund.event as e on c.fund_id = e.fund_id and c.event_id = e.event_id
    group by c.fund_id, e.event_number, c.investor_id
),

state as (
    select
        e.fund_id,
        e.event_number,
        e.investor_id,
        sum(e.committed) over after_event as committed,
        sum(e.callable) over after_event as callable
    from event as e
    window after_event as (partition by e.fund_id, e.investor_id order by e.event_number)
)

select
    s.fund_id,
    s.investor_id,
    s.event_number,
    s.committed as commitment_amount,
    s.callable as unfunded_amount,
    'is below 0' as finding
from state as s
where s.committed < 0 or s.callable < 0;

comment on view ops.check_commitments_hold is
'One row per fund, partner and event after which the commitment, or what could still be called of '
'it with every recallable distribution, was below 0. Cure: restore the lines from a backup.';
