-- Nobody has paid more of a call or of interest than was asked of him, nor used more than he had
-- paid in advance: what is too much is an advance.
create or replace view ops.check_partners_owe_nothing_negative
with (security_invoker = true)
as
with line as (
    select
        l.fund_id,
        l.investor_id,
        l.call_id,
        'call' as what,
        l.capital_amount + l.fee_amount as amount
    from fund.capital_call_line as l
    union all
    select
        l.fund_id,
        l.investor_id,
        null,
        'late_interest',
        l.amount
    from fund.late_interest as l
    union all
    select
        l.fund_id,
        l.investor_id,
        l.call_id,
        l.applied_to,
        case when l.applied_to = 'advance' then l.amount else -l.amount end
    from fund.payment_line as l
)

select
    l.fund_id,
    l.investor_id,
    l.what,
    l.call_id,
    sum(l.amount) as open_amount,
    'is below 0' as finding
from line as l
group by l.fund_id, l.investor_id, l.what, l.call_id
having sum(l.amount) < 0;

comment on view ops.check_partners_owe_nothing_negative is
'One row per partner and call, or late interest, that was paid more than asked, or advance that '
'was used more than paid. Cure: restore the lines from a backup.';
