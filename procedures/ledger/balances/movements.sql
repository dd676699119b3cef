-- What the lines of some days add up to, by account, partner and currency: the one source of every
-- statement. Periods that lie within these days are read as kept; of the at most two that are cut,
-- the lines are added up.
create or replace function ledger.movements(
    p_fund_id uuid,
    p_from_on date,
    p_to_on date
)
returns table (
    account_number text,
    currency text,
    partner_id uuid,
    debit numeric,
    credit numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        m.account_number,
        m.currency,
        m.partner_id,
        sum(m.debit),
        sum(m.credit)
    from (
        select b.account_number, b.currency, b.partner_id, b.debit, b.credit
        from ledger.period_balance as b
        where
            b.fund_id = p_fund_id
            and b.first_on in (
                select p.first_on
                from ledger.period as p
                where
                    p.fund_id = p_fund_id and p.first_on >= p_from_on and p.last_on <= p_to_on
            )
        union all
        select l.account_number, l.currency, l.partner_id, l.debit, l.credit
        from ledger.period as p
        inner join ledger.journal_line as l
            on
                p.fund_id = l.fund_id
                and l.entry_on between greatest(p.first_on, p_from_on) and least(p.last_on, p_to_on)
        where
            p.fund_id = p_fund_id
            and p.first_on <= p_to_on
            and p.last_on >= p_from_on
            and (p.first_on < p_from_on or p.last_on > p_to_on)
    ) as m
    group by m.account_number, m.currency, m.partner_id
$$;

comment on function ledger.movements(uuid, date, date) is
'One row per account, currency and partner with lines from p_from_on to p_to_on, both included: '
'their debits and credits, in units of currency. -infinity begins with the books.';
grant execute on function ledger.movements(uuid, date, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
