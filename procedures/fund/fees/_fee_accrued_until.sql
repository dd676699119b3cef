-- The day up to which the management fee is accrued.
create or replace function fund._fee_accrued_until(
    p_fund_id uuid
)
returns date
language sql
stable
security invoker
set search_path = ''
as $$
    select max(r.to_on)
    from fund.fee_run as r
    where
        r.fund_id = p_fund_id
        and r.run_kind = 'period'
        and not exists (
            select
            from fund.event as x
            where x.fund_id = r.fund_id and x.reverses_event_id = r.event_id
        )
$$;

comment on function fund._fee_accrued_until(uuid) is
'First day whose management fee is not accrued yet; null before the first accrual.';
