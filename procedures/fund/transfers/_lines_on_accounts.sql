-- What the lines of a partner stand for on the accounts of its sub-ledger.
create or replace function fund._lines_on_accounts(
    p_fund_id uuid,
    p_investor_id uuid
)
returns table (event_id uuid, account_number text, amount numeric)
language sql
stable
security invoker
set search_path = ''
as $$
    select l.event_id, a.account_number, a.sign * (l.capital_amount + l.fee_amount)
    from fund.capital_call_line as l
    cross join (values ('1100', 1), ('3000', -1)) as a (account_number, sign)
    where l.fund_id = p_fund_id and l.investor_id = p_investor_id
    union all
    select
        l.event_id,
        case l.applied_to
            when 'call' then '1100' when 'late_interest' then '1120' else '2000'
        end,
        -l.amount
    from fund.payment_line as l
    where l.fund_id = p_fund_id and l.investor_id = p_investor_id
    union all
    select l.event_id, '1120', l.amount
    from fund.late_interest as l
    where l.fund_id = p_fund_id and l.investor_id = p_investor_id
    union all
    select l.event_id, '3100', l.amount
    from fund.distribution_line as l
    where l.fund_id = p_fund_id and l.investor_id = p_investor_id
    union all
    select l.event_id, '3500', -l.result_amount
    from fund.nav_line as l
    where l.fund_id = p_fund_id and l.investor_id = p_investor_id
$$;

comment on function fund._lines_on_accounts(uuid, uuid) is
'One row per line of a partner, or side of it, with the account that it is posted to and its '
'amount there, debit above 0.';
