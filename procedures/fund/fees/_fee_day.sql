-- The day of an accrual in the books: in advance the first of its days, in arrears the last, or the
-- first open day when the books of that day are closed.
create or replace function fund._fee_day(
    p_fund_id uuid,
    p_request jsonb
)
returns date
language sql
stable
security invoker
set search_path = ''
as $$
    select greatest(
        case t.fee_timing when 'advance' then p.from_on else p.to_on - 1 end,
        ledger.first_open_day(p_fund_id)
    )
    from fund._fee_period(p_fund_id, p_request) as p
    cross join lateral fund._terms_on(p_fund_id, p.from_on) as t
$$;

comment on function fund._fee_day(uuid, jsonb) is
'Day of the accrual of the management fee that p_request asks for. Raises what fund._fee_period '
'and fund._terms_on raise.';
