-- What can still be called of each partner: what it committed, less what was called, and again what
-- was distributed as recallable, until that lapses unused (fund.recalled says what was used). In
-- plpgsql, which plans it once and not at every call: measures of many quarters ask for it.
create or replace function fund.unfunded(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (investor_id uuid, unfunded_amount numeric)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    select
        x.investor_id,
        sum(x.amount)
    from (
        select
            c.investor_id,
            0 as amount
        from fund.commitment as c
        where c.fund_id = p_fund_id
        union all
        select
            l.investor_id,
            sum(l.amount)
        from fund.commitment_line as l
        where l.fund_id = p_fund_id and l.event_on <= coalesce(p_as_of, 'infinity')
        group by l.investor_id
        union all
        select
            l.investor_id,
            -sum(l.capital_amount + l.fee_amount)
        from fund.capital_call_line as l
        where l.fund_id = p_fund_id and l.event_on <= coalesce(p_as_of, 'infinity')
        group by l.investor_id
        union all
        select
            l.investor_id,
            sum(l.recallable_amount)
        from fund.distribution_line as l
        inner join fund.distribution as d
            on l.fund_id = d.fund_id and l.distribution_id = d.event_id
        where
            l.fund_id = p_fund_id
            and l.event_on <= coalesce(p_as_of, 'infinity')
            and coalesce(d.recallable_until, 'infinity') >= coalesce(p_as_of, ops.today())
        group by l.investor_id
        union all
        -- What has lapsed counts as far as calls had used it.
        select
            r.investor_id,
            r.amount
        from fund.recalled(p_fund_id, p_as_of) as r
        inner join fund.distribution as d on r.distribution_id = d.event_id
        where d.fund_id = p_fund_id and d.recallable_until < coalesce(p_as_of, ops.today())
    ) as x
    group by x.investor_id;
end
$$;

comment on function fund.unfunded(uuid, date) is
'One row per partner of the fund: what can still be called of it on the evening of p_as_of, in the '
'fund''s currency to the cent; null: of all that is recorded, today. A partner in default keeps '
'what it did not pay, though no call asks it.';
grant execute on function fund.unfunded(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
