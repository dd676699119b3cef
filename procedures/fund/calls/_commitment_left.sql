-- What partners committed, less all that was called of them, and all that they got back to be
-- called again, whether that has lapsed since or not: what was called was never more.
create or replace function fund._commitment_left(
    p_fund_id uuid
)
returns table (investor_id uuid, amount numeric)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        x.investor_id,
        sum(x.amount)
    from (
        select l.investor_id, l.amount
        from fund.commitment_line as l
        where l.fund_id = p_fund_id
        union all
        select l.investor_id, -l.capital_amount - l.fee_amount
        from fund.capital_call_line as l
        where l.fund_id = p_fund_id
        union all
        select l.investor_id, l.recallable_amount
        from fund.distribution_line as l
        where l.fund_id = p_fund_id
    ) as x
    group by x.investor_id
$$;

comment on function fund._commitment_left(uuid) is
'One row per partner with lines: its commitment less what was called, and what was distributed as '
'recallable, in the fund''s currency.';
