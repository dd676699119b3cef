-- The periods of a fund follow each other without gap, and the closed ones come first.
create or replace view ops.check_periods_are_in_order
with (security_invoker = true)
as
select
    p.fund_id,
    p.first_on,
    case
        when p.first_on <> p.expected_on then 'does not follow'
        else 'closed after an open one'
    end as finding
from (
    select
        q.fund_id,
        q.first_on,
        q.is_closed,
        coalesce(lag(q.last_on) over fund_periods + 1, b.first_on) as expected_on,
        lag(q.is_closed, 1, true) over fund_periods as is_earlier_closed
    from ledger.period as q
    inner join ledger.book as b on q.fund_id = b.fund_id
    window fund_periods as (partition by q.fund_id order by q.first_on)
) as p
where p.first_on <> p.expected_on or (p.is_closed and not p.is_earlier_closed);

comment on view ops.check_periods_are_in_order is
'One row per period that leaves a gap or is closed while an earlier one is open. Cure: restore the '
'periods from a backup.';
