-- Which calls took up which recallable distributions. A call uses what can be called again before
-- what was never called, and of that what lapses first: so nothing lapses that a call could have
-- used. Distribution by distribution, the one that lapses first being first, from the calls of its
-- time that no other has used.
create or replace function fund.recalled(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (investor_id uuid, distribution_id uuid, call_id uuid, amount numeric)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_distribution record;
    v_used_by uuid[] := '{}';
    v_used_of uuid[] := '{}';
    v_used_in uuid[] := '{}';
    v_used numeric[] := '{}';
begin
    for v_distribution in
        select
            d.event_id,
            d.declared_on,
            coalesce(d.recallable_until, 'infinity') as until
        from fund.distribution as d
        where
            d.fund_id = p_fund_id
            and exists (
                select
                from fund.distribution_line as l
                where
                    l.fund_id = d.fund_id
                    and l.distribution_id = d.event_id
                    and l.recallable_amount <> 0
            )
        order by d.recallable_until nulls last, d.declared_on, d.distribution_number
    loop
        select
            v_used_by || coalesce(array_agg(u.investor_id), '{}'),
            v_used_of || coalesce(array_agg(v_distribution.event_id), '{}'),
            v_used_in || coalesce(array_agg(u.call_id), '{}'),
            v_used || coalesce(array_agg(u.amount), '{}')
        into v_used_by, v_used_of, v_used_in, v_used
        from (
            select
                c.investor_id,
                c.call_id,
                least(
                    c.amount,
                    sum(c.recallable_amount) over of_partner
                    - sum(c.amount) over calls_in_order + c.amount
                ) as amount
            from (
                -- No join: nothing is known of how many rows there are. The row without a call
                -- is what can be called again.
                select
                    x.investor_id,
                    x.call_id,
                    max(x.notice_on) as notice_on,
                    max(x.call_number) as call_number,
                    sum(x.amount) as amount,
                    sum(x.recallable_amount) as recallable_amount
                from (
                    select
                        l.investor_id, l.call_id, k.notice_on, k.call_number,
                        l.capital_amount + l.fee_amount as amount, 0 as recallable_amount
                    from fund.capital_call as k
                    inner join fund.capital_call_line as l
                        on k.fund_id = l.fund_id and k.event_id = l.call_id
                    where
                        k.fund_id = p_fund_id
                        and k.notice_on between v_distribution.declared_on and v_distribution.until
                        and (p_as_of is null or l.event_on <= p_as_of)
                    union all
                    select u.investor_id, u.call_id, null, null, -u.amount, 0
                    from unnest(v_used_by, v_used_in, v_used) as u (investor_id, call_id, amount)
                    union all
                    select l.investor_id, null, null, null, 0, l.recallable_amount
                    from fund.distribution_line as l
                    where
                        l.fund_id = p_fund_id
                        and l.distribution_id = v_distribution.event_id
                        and (p_as_of is null or l.event_on <= p_as_of)
                ) as x
                group by x.investor_id, x.call_id
                having x.call_id is null or sum(x.amount) > 0
            ) as c
            window
                of_partner as (partition by c.investor_id),
                calls_in_order as (
                    partition by c.investor_id
                    order by c.notice_on nulls first, c.call_number rows unbounded preceding
                )
        ) as u
        where u.amount > 0;
    end loop;

    return query
    select u.investor_id, u.distribution_id, u.call_id, u.amount
    from unnest(v_used_by, v_used_of, v_used_in, v_used)
    as u (investor_id, distribution_id, call_id, amount);
end
$$;

comment on function fund.recalled(uuid, date) is
'One row per partner, recallable distribution and call that took some of it up: how much, in the '
'fund''s currency to the cent. With what was recorded for days up to p_as_of (null: all). A call '
'uses recallable distributions declared by its notice and not lapsed then, the one that lapses '
'first being first, before what was never called.';
grant execute on function fund.recalled(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
