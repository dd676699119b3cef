-- What a partner's capital account at a mark is made of: its accounts as the journal had them then,
-- whatever was posted to these days since.
create or replace function fund.marked_capital(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (account_number text, account_name text, amount numeric)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        a.account_number,
        a.name,
        sum(l.credit - l.debit)
    from fund.nav as n
    inner join fund.fund as f on n.fund_id = f.fund_id
    inner join ledger.account as a on n.fund_id = a.fund_id
    inner join ledger.journal_line as l
        on
            a.fund_id = l.fund_id
            and a.account_number = l.account_number
            and f.currency = l.currency
            and n.as_of >= l.entry_on
    inner join ledger.journal_entry as j
        on
            l.fund_id = j.fund_id
            and l.entry_on = j.entry_on
            and l.entry_id = j.entry_id
            and n.last_entry_number >= j.entry_number
    where
        n.fund_id = p_fund_id
        and n.event_id = p_event_id
        and a.kind = 'equity'
        and a.takes_partner
        and l.partner_id = p_investor_id
    group by a.account_number, a.name
    having sum(l.credit - l.debit) <> 0
$$;

comment on function fund.marked_capital(uuid, uuid, uuid) is
'One row per capital account of a partner that was not even when the net asset value p_event_id '
'was recorded: its balance on the day of the mark, in the fund''s currency.';
grant execute on function fund.marked_capital(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
