-- Whether a net asset value still says what the books say of its day. What is posted later for days
-- up to it makes it stale, until the day is marked again. Investors read neither events nor the
-- entries of others, and yet must not take an old value for the fund's.
create or replace function fund.nav_status(
    p_fund_id uuid,
    p_nav_id uuid
)
returns text
language sql
stable
-- Definer: tells of a net asset value that the reader knows already no more than this.
security definer
set search_path = ''
as $$
    select
        case
            when fund.is_reversed(n.fund_id, n.event_id) then 'reversed'
            when exists (
                select
                from fund.nav as x
                inner join fund.event as y on x.fund_id = y.fund_id and x.event_id = y.event_id
                where
                    x.fund_id = n.fund_id
                    and x.as_of = n.as_of
                    and y.event_number > e.event_number
                    and not fund.is_reversed(x.fund_id, x.event_id)
            ) then 'superseded'
            when exists (
                select
                from ledger.journal_entry as j
                inner join ledger.journal_line as l
                    on
                        j.fund_id = l.fund_id
                        and j.entry_on = l.entry_on
                        and j.entry_id = l.entry_id
                inner join ledger.account as a
                    on l.fund_id = a.fund_id and l.account_number = a.account_number
                where
                    j.fund_id = n.fund_id
                    and j.entry_on <= n.as_of
                    and j.entry_number > n.last_entry_number
                group by l.currency, l.partner_id
                having
                    -- Capital, of partners or of nobody yet; what the investments stand at.
                    sum(l.credit - l.debit) filter (
                        where a.kind in ('equity', 'income', 'expense')
                    ) <> 0
                    or sum(l.debit - l.credit) filter (
                        where a.account_number in ('1200', '1250')
                    ) <> 0
            ) then 'stale'
            else 'current'
        end
    from fund.nav as n
    inner join fund.event as e on n.fund_id = e.fund_id and n.event_id = e.event_id
    where n.fund_id = p_fund_id and n.event_id = p_nav_id
$$;

comment on function fund.nav_status(uuid, uuid) is
'Of a net asset value: reversed; superseded by a later mark of the same day; stale, when what was '
'posted since for days up to it changed the capital of a partner or of all, or what the '
'investments stand at; else current.';
grant execute on function fund.nav_status(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
