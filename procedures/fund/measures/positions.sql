-- How every partner of a fund stands: its amounts, and what they come to as the measures that are
-- reported.
create or replace function fund.positions(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (
    investor_id uuid,
    investor_code text,
    investor_class text,
    commitment_amount numeric,
    called_amount numeric,
    paid_in_amount numeric,
    receivable_amount numeric,
    distributed_amount numeric,
    payable_amount numeric,
    recallable_amount numeric,
    unfunded_amount numeric,
    nav_amount numeric,
    residual_amount numeric,
    dpi numeric,
    rvpi numeric,
    tvpi numeric,
    pic numeric,
    net_irr numeric,
    is_under_one_year boolean,
    net_irr_reason text,
    has_other_irr boolean,
    recallable_in_performance text
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_as_of date := coalesce(p_as_of, ops.today());
    v_recallable text := fund.recallable_method(p_fund_id, v_as_of);
begin
    return query
    with
    flow as (
        select
            f.investor_id,
            array_agg(f.amount) as amounts,
            array_agg(f.flow_on) as dates
        from fund.performance_flows(p_fund_id, v_as_of) as f
        group by f.investor_id
    )

    select
        b.investor_id,
        i.investor_code,
        c.investor_class,
        b.commitment_amount,
        b.called_amount,
        b.paid_in_amount,
        b.receivable_amount,
        b.distributed_amount,
        b.payable_amount,
        b.recallable_amount,
        b.unfunded_amount,
        b.nav_amount,
        b.residual_amount,
        m.dpi,
        m.rvpi,
        m.tvpi,
        m.pic,
        m.net_irr,
        m.is_under_one_year,
        m.net_irr_reason,
        m.has_other_irr,
        v_recallable
    from fund.partner_balances(p_fund_id, v_as_of) as b
    inner join fund.commitment as c
        on c.fund_id = p_fund_id and b.investor_id = c.investor_id
    inner join fund.investor as i on b.investor_id = i.investor_id
    left join flow as f on b.investor_id = f.investor_id
    cross join lateral fund.performance(
        b.commitment_amount,
        b.paid_in_amount,
        b.distributed_amount,
        b.residual_amount,
        case v_recallable when 'excluded' then b.again_callable_amount else 0 end,
        f.amounts,
        f.dates,
        v_as_of
    ) as m
    order by i.investor_code collate "C";
end
$$;

comment on function fund.positions(uuid, date) is
'One row per partner of the fund on the evening of p_as_of (null: today): amounts in its currency, '
'to the cent, as fund.partner_balances says them, and the measures of fund.performance; '
'recallable_in_performance says whether those count recallable distributions (all_in, excluded). '
'The value is that of the last net asset value, with what was called and distributed since. '
'Advances and interest do not count. An investor sees its own row.';
grant execute on function fund.positions(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
