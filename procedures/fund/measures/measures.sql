-- How a fund stands as a whole: what its partners' positions add up to, and the measures of that.
-- Net returns are often reported without the general partner's own commitment, which bears no fee
-- and no carry: p_limited_only leaves it out.
create or replace function fund.measures(
    p_fund_id uuid,
    p_as_of date default null,
    p_limited_only boolean default false
)
returns table (
    investor_count bigint,
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
    partner as materialized (
        select c.investor_id
        from fund.commitment as c
        where
            c.fund_id = p_fund_id
            and not (p_limited_only and c.investor_class = 'general_partner')
    ),

    balance as (
        select
            count(*) filter (where b.commitment_amount <> 0) as partners,
            sum(b.commitment_amount) as committed,
            sum(b.called_amount) as called,
            sum(b.paid_in_amount) as paid_in,
            sum(b.receivable_amount) as receivable,
            sum(b.distributed_amount) as distributed,
            sum(b.payable_amount) as payable,
            sum(b.recallable_amount) as recallable,
            sum(b.again_callable_amount) as again_callable,
            sum(b.unfunded_amount) as unfunded,
            sum(b.nav_amount) as nav,
            sum(b.residual_amount) as residual
        from fund.partner_balances(p_fund_id, v_as_of) as b
        inner join partner as p on b.investor_id = p.investor_id
        having count(*) > 0
    ),

    flow as (
        select
            array_agg(d.amount) as amounts,
            array_agg(d.flow_on) as dates
        from (
            select
                f.flow_on,
                sum(f.amount) as amount
            from fund.performance_flows(p_fund_id, v_as_of) as f
            inner join partner as p on f.investor_id = p.investor_id
            group by f.flow_on
        ) as d
    )

    select
        b.partners,
        b.committed,
        b.called,
        b.paid_in,
        b.receivable,
        b.distributed,
        b.payable,
        b.recallable,
        b.unfunded,
        b.nav,
        b.residual,
        m.dpi,
        m.rvpi,
        m.tvpi,
        m.pic,
        m.net_irr,
        m.is_under_one_year,
        m.net_irr_reason,
        m.has_other_irr,
        v_recallable
    from balance as b
    cross join flow as f
    cross join lateral fund.performance(
        b.committed,
        b.paid_in,
        b.distributed,
        b.residual,
        case v_recallable when 'excluded' then b.again_callable else 0 end,
        f.amounts,
        f.dates,
        v_as_of
    ) as m;
end
$$;

comment on function fund.measures(uuid, date, boolean) is
'One row for the fund on the evening of p_as_of (null: today), none when it has no partners: the '
'sums of fund.positions, all partners or with p_limited_only those that are not of the class '
'general_partner, and the measures of fund.performance on the sums and on the flows of all of '
'them; investor_count: partners with a commitment then.';
grant execute on function fund.measures(uuid, date, boolean) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
