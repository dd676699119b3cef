-- What the fund room wrote for a partner is what it posted to the partner's sub-ledger: on every
-- day for what is called, paid, contributed, distributed and allocated; in the end for what is only
-- on its way. A transfer also moves what was posted by hand, such as an opening balance: where
-- there is any on an account, the partners are looked at together.
create or replace view ops.check_partner_accounts_follow_lines
with (security_invoker = true)
as
with line as (
    select
        l.fund_id,
        a.account_number,
        l.event_on as day,
        l.investor_id,
        a.side * (l.capital_amount + l.fee_amount) as amount
    from fund.capital_call_line as l
    cross join (values ('1100', 1), ('3000', -1)) as a (account_number, side)
    union all
    select
        l.fund_id,
        case l.applied_to
            when 'call' then '1100' when 'late_interest' then '1120' else '2000'
        end,
        l.event_on,
        l.investor_id,
        -l.amount
    from fund.payment_line as l
    union all
    select
        l.fund_id,
        '1120',
        l.event_on,
        l.investor_id,
        l.amount
    from fund.late_interest as l
    union all
    select
        l.fund_id,
        '3100',
        l.event_on,
        l.investor_id,
        l.amount
    from fund.distribution_line as l
    union all
    select
        l.fund_id,
        '3500',
        l.event_on,
        l.investor_id,
        -l.result_amount
    from fund.nav_line as l
),

-- Accounts with lines of the partners that no event wrote.
by_hand as (
    select distinct
        l.fund_id,
        l.account_number
    from ledger.journal_entry as e
    inner join ledger.journal_line as l
        on e.fund_id = l.fund_id and e.entry_on = l.entry_on and e.entry_id = l.entry_id
    where e.source_room is distinct from 'fund' and l.partner_id is not null
),

difference as (
    select
        s.fund_id,
        s.account_number,
        s.day,
        s.investor_id,
        s.amount
    from line as s
    union all
    select
        l.fund_id,
        l.account_number,
        -- What is due to partners is even once it is all paid.
        case when l.account_number not in ('2100', '2300') then l.entry_on end,
        l.partner_id,
        l.credit - l.debit
    from ledger.journal_entry as e
    inner join ledger.journal_line as l
        on e.fund_id = l.fund_id and e.entry_on = l.entry_on and e.entry_id = l.entry_id
    where
        e.source_room = 'fund'
        and l.account_number in ('1100', '1120', '2000', '2100', '2300', '3000', '3100', '3500')
)

select
    d.fund_id,
    d.account_number,
    d.day,
    case when h.fund_id is null then d.investor_id end as investor_id,
    sum(d.amount) as difference,
    'the account is not the lines' as finding
from difference as d
left join by_hand as h
    on d.fund_id = h.fund_id and d.account_number = h.account_number
group by
    d.fund_id,
    d.account_number,
    d.day,
    case when h.fund_id is null then d.investor_id end
having sum(d.amount) <> 0;

comment on view ops.check_partner_accounts_follow_lines is
'One row per fund, account of the partners'' sub-ledgers, day and partner where the lines of '
'events and what they posted differ (difference: lines less account, debit above 0). day null: due '
'to partners and never paid; investor_id null: of all partners, on an account posted to by hand '
'too. Cure: find entries of the fund room that were reversed by hand, or restore from a backup.';
