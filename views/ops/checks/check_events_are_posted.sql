-- What moves money stands in the journal, and what the journal has of the fund room is an event. A
-- partner has one account for all calls, one for all results: what evens out there is not posted.
create or replace view ops.check_events_are_posted
with (security_invoker = true)
as
with moved as (
    select
        l.fund_id,
        l.event_id
    from fund.capital_call_line as l
    group by l.fund_id, l.event_id, l.investor_id
    having sum(l.capital_amount + l.fee_amount) <> 0
    union
    select
        l.fund_id,
        l.event_id
    from fund.payment_line as l
    group by l.fund_id, l.event_id, l.investor_id, l.applied_to
    having sum(l.amount) <> 0
    union
    select
        l.fund_id,
        l.event_id
    from fund.late_interest as l
    group by l.fund_id, l.event_id, l.investor_id
    having sum(l.amount) <> 0
    union
    select
        l.fund_id,
        l.event_id
    from fund.true_up_interest as l
    group by l.fund_id, l.event_id, l.investor_id
    having sum(l.amount) <> 0
    union
    select
        l.fund_id,
        l.event_id
    from fund.fee_line as l
    -- What is waived is not posted, nor what a transfer moves: fees are on no partner's account.
    group by l.fund_id, l.event_id
    having sum(l.net_amount + l.offset_amount) <> 0
    union
    select
        l.fund_id,
        l.event_id
    from fund.fee_payment as l
    union
    select
        l.fund_id,
        l.event_id
    from fund.distribution_line as l
    group by l.fund_id, l.event_id, l.investor_id
    having sum(l.amount) <> 0
    union
    select
        l.fund_id,
        l.event_id
    from fund.nav_line as l
    group by l.fund_id, l.event_id, l.investor_id
    having sum(l.result_amount) <> 0
),

posted as (
    select distinct
        j.fund_id,
        j.source_key,
        j.kind = 'reversal' as is_reversal
    from ledger.journal_entry as j
    where j.source_room = 'fund'
),

event as (
    select
        e.fund_id,
        e.event_id,
        e.event_number,
        coalesce(e.reverses_event_id, e.event_id)::text as source_key,
        e.kind = 'reversal' as is_reversal
    from fund.event as e
)

select
    coalesce(e.fund_id, p.fund_id) as fund_id,
    e.event_number,
    coalesce(e.source_key, p.source_key) as event_id,
    case
        when e.event_id is null then 'is posted, and no event' else 'is not posted'
    end as finding
from event as e
full outer join posted as p
    on
        e.fund_id = p.fund_id
        and e.source_key = p.source_key
        and e.is_reversal = p.is_reversal
where
    e.event_id is null
    or (
        p.fund_id is null
        and exists (
            select
            from moved as m
            where m.fund_id = e.fund_id and m.event_id = e.event_id
        )
    );

comment on view ops.check_events_are_posted is
'One row per event that moved money and has no journal entry, and per entry of the fund room '
'without an event. Cure: restore the event or its entries from a backup.';
