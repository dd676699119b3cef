-- The flows of capital between a fund and its partners up to a day, day by day: what net returns
-- are made of, without what is left at the end.
create or replace function fund.performance_flows(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (investor_id uuid, flow_on date, amount numeric)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_as_of date := coalesce(p_as_of, ops.today());
begin
    return query
    select
        f.investor_id,
        -- What was received before its due date has been paid in by then.
        least(f.flow_on, v_as_of),
        sum(
            case when f.flow_on <= v_as_of then f.distributed_amount else 0 end - f.paid_in_amount
        )
    from fund.cash_flow as f
    where f.fund_id = p_fund_id and f.event_on <= v_as_of
    group by f.investor_id, least(f.flow_on, v_as_of);
end
$$;

comment on function fund.performance_flows(uuid, date) is
'One row per partner and day up to p_as_of (null: today): distributed less paid-in capital of '
'fund.cash_flow, in the fund''s currency, negative when more was paid in.';
grant execute on function fund.performance_flows(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
