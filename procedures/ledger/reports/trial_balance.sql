-- The trial balance: what every account stands at on the evening of a day. Debits and credits of
-- all rows of a currency are equal, or something is wrong.
create or replace function ledger.trial_balance(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (
    account_number text,
    account_name text,
    kind text,
    currency text,
    total_debit numeric,
    total_credit numeric,
    debit_balance numeric,
    credit_balance numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        a.account_number,
        a.name,
        a.kind,
        m.currency,
        sum(m.debit)::numeric(20, 2),
        sum(m.credit)::numeric(20, 2),
        greatest(sum(m.debit) - sum(m.credit), 0)::numeric(20, 2),
        greatest(sum(m.credit) - sum(m.debit), 0)::numeric(20, 2)
    from ledger.movements(p_fund_id, '-infinity', coalesce(p_as_of, ops.today())) as m
    inner join ledger.account as a
        on a.fund_id = p_fund_id and m.account_number = a.account_number
    group by a.account_number, a.name, a.kind, m.currency
    order by a.account_number, m.currency
$$;

comment on function ledger.trial_balance(uuid, date) is
'One row per account and currency that was posted to by p_as_of (null: today): debits and credits '
'since the books began, and the balance on the side it is on, in units of currency. No row when '
'the reader sees no books.';
grant execute on function ledger.trial_balance(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
