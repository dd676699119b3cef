-- The last net asset value of a fund is what its books showed when it was struck, partner by
-- partner, and no result was left to nobody: of the entries for days up to its own, those that
-- were posted by then.
create or replace view ops.check_nav_is_the_books
with (security_invoker = true)
as
with last_nav as (
    select distinct on (n.fund_id)
        n.fund_id,
        n.event_id,
        n.as_of,
        n.nav_amount,
        n.last_entry_number,
        f.currency
    from fund.nav as n
    inner join fund.event as e on n.fund_id = e.fund_id and n.event_id = e.event_id
    inner join fund.fund as f on n.fund_id = f.fund_id
    where
        not exists (
            select
            from fund.event as r
            where r.fund_id = n.fund_id and r.reverses_event_id = n.event_id
        )
    order by n.fund_id asc, e.event_number desc
),

posted as (
    select
        n.fund_id,
        n.event_id,
        l.partner_id,
        sum(l.credit - l.debit) filter (where a.kind = 'equity' and a.takes_partner) as capital,
        sum(l.debit - l.credit) filter (where a.kind in ('asset', 'liability')) as net_assets
    from last_nav as n
    inner join ledger.journal_entry as e
        on n.fund_id = e.fund_id and n.as_of >= e.entry_on and n.last_entry_number >= e.entry_number
    inner join ledger.journal_line as l
        on
            e.fund_id = l.fund_id
            and e.entry_on = l.entry_on
            and e.entry_id = l.entry_id
            and n.currency = l.currency
    inner join ledger.account as a
        on l.fund_id = a.fund_id and l.account_number = a.account_number
    group by n.fund_id, n.event_id, l.partner_id
),

-- The fund as a whole, as its books and as its partners, and each partner.
compared as (
    select
        n.fund_id,
        n.event_id,
        null::uuid as investor_id,
        'net assets' as what,
        n.nav_amount,
        (
            select coalesce(sum(p.net_assets), 0)
            from posted as p
            where p.fund_id = n.fund_id
        ) as books_amount
    from last_nav as n
    union all
    select
        n.fund_id,
        n.event_id,
        null,
        'partners together',
        n.nav_amount,
        (
            select coalesce(sum(l.nav_amount), 0)
            from fund.nav_line as l
            where l.fund_id = n.fund_id and l.event_id = n.event_id
        )
    from last_nav as n
    union all
    select
        n.fund_id,
        n.event_id,
        c.investor_id,
        'partner',
        coalesce(l.nav_amount, 0),
        coalesce(p.capital, 0)
    from last_nav as n
    inner join fund.commitment as c on n.fund_id = c.fund_id
    left join fund.nav_line as l
        on
            n.fund_id = l.fund_id
            and n.event_id = l.event_id
            and c.investor_id = l.investor_id
    left join posted as p
        on n.fund_id = p.fund_id and c.investor_id = p.partner_id
)

select
    c.fund_id,
    c.event_id as nav_id,
    c.investor_id,
    c.what,
    c.nav_amount,
    c.books_amount,
    'differ' as finding
from compared as c
where c.nav_amount <> c.books_amount;

comment on view ops.check_nav_is_the_books is
'One row per fund whose last net asset value differs from the assets less liabilities that its '
'books had when it was struck, from the sum of its partners, and per partner from its capital '
'account. What was posted later is no finding: the next mark has it. Cure: restore from a backup.';
