-- What an event asked of the partners of a call: the call itself its whole amount to the cent, a
-- close or transfer nothing more in all, a default less.
create or replace view ops.check_call_lines_sum_to_the_call
with (security_invoker = true)
as
with line as (
    select
        l.fund_id,
        l.call_id,
        l.event_id,
        e.kind,
        sum(l.capital_amount) as capital_amount,
        sum(l.fee_amount) as fee_amount
    from fund.capital_call_line as l
    inner join fund.event as e on l.fund_id = e.fund_id and l.event_id = e.event_id
    where e.kind <> 'reversal'
    group by l.fund_id, l.call_id, l.event_id, e.kind
),

judged as (
    select
        coalesce(c.fund_id, l.fund_id) as fund_id,
        coalesce(c.event_id, l.call_id) as call_id,
        coalesce(l.event_id, c.event_id) as event_id,
        case
            when l.event_id is null
                then 'has no lines'
            when l.kind = 'default' and (l.capital_amount > 0 or l.fee_amount > 0)
                then 'a default asks for more'
            when l.event_id = l.call_id
                and (l.capital_amount <> c.capital_amount or l.fee_amount <> c.fee_amount)
                then 'the lines are not the call'
            when l.event_id <> l.call_id
                and l.kind <> 'default'
                and (l.capital_amount <> 0 or l.fee_amount <> 0)
                then 'what is shared again is more or less'
        end as finding
    from line as l
    full outer join fund.capital_call as c
        on l.fund_id = c.fund_id and l.call_id = c.event_id and l.event_id = c.event_id
)

select
    j.fund_id,
    j.call_id,
    j.event_id,
    j.finding
from judged as j
where j.finding is not null;

comment on view ops.check_call_lines_sum_to_the_call is
'One row per capital call and event whose lines do not add up, in capital or fee: to the call when '
'it was issued, to nothing when a close or transfer shared it again. Cure: restore the lines from '
'a backup.';
