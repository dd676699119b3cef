-- The income statement: what was earned and spent from one day to another. Income and expense
-- accounts are never emptied into capital, so that any span can be asked.
create or replace function ledger.income_statement(
    p_fund_id uuid,
    p_from_on date,
    p_to_on date
)
returns table (
    section text,
    account_number text,
    account_name text,
    currency text,
    amount numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        a.kind,
        a.account_number,
        a.name,
        m.currency,
        (sum(m.credit) - sum(m.debit))::numeric(20, 2)
    from ledger.movements(p_fund_id, p_from_on, p_to_on) as m
    inner join ledger.account as a
        on a.fund_id = p_fund_id and m.account_number = a.account_number
    where a.kind in ('income', 'expense')
    group by a.kind, a.account_number, a.name, m.currency
    order by a.kind desc, a.account_number, m.currency
$$;

comment on function ledger.income_statement(uuid, date, date) is
'One row per income and expense account and currency with lines from p_from_on to p_to_on, both '
'included; amount in units of currency, positive for what adds to the result, so that the sum of '
'all rows of a currency is the result.';
grant execute on function ledger.income_statement(uuid, date, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
