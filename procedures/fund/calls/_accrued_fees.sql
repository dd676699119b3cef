-- What an accrual of the management fee left of each partner who can be asked for it.
create or replace function fund._accrued_fees(
    p_fund_id uuid,
    p_fee_id uuid
)
returns table (investor_id uuid, amount numeric)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        l.investor_id,
        greatest(sum(l.net_amount), 0)
    from fund.fee_line as l
    where
        l.fund_id = p_fund_id
        and l.fee_id = p_fee_id
        and l.investor_id not in (
            select d.investor_id
            from fund._partners_in_default(p_fund_id) as d
        )
    group by l.investor_id
$$;

comment on function fund._accrued_fees(uuid, uuid) is
'Net management fee of each partner in the accrual p_fee_id, without partners in default.';
