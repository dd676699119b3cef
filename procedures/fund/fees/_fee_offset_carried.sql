-- The offset that has found no fee yet: what the last accrual that stands carried forward.
create or replace function fund._fee_offset_carried(
    p_fund_id uuid
)
returns numeric
language sql
stable
security invoker
set search_path = ''
as $$
    select coalesce(
        (
            select r.offset_carried_forward
            from fund.fee_run as r
            inner join fund.event as e on r.fund_id = e.fund_id and r.event_id = e.event_id
            where
                r.fund_id = p_fund_id
                and not exists (
                    select
                    from fund.event as x
                    where x.fund_id = r.fund_id and x.reverses_event_id = r.event_id
                )
            order by e.event_number desc
            limit 1
        ),
        0
    )
$$;

comment on function fund._fee_offset_carried(uuid) is
'Offset carried forward by the last accrual of the management fee that stands; 0 before the '
'first.';
