-- The gross fee of each partner over all accruals, as it was rounded and as the cents of every
-- accrual would be shared exactly: the next accrual gives its odd cents to whoever is behind.
create or replace function fund.fee_so_far(
    p_fund_id uuid,
    p_before_number bigint default null
)
returns table (investor_id uuid, exact_amount numeric, gross_amount numeric)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        f.investor_id,
        sum(coalesce(f.exact_amount, f.gross_amount)),
        sum(f.gross_amount)
    from (
        select
            l.investor_id,
            sum(l.gross_amount) as gross_amount,
            sum(l.exact_amount) * l.run_amount / nullif(l.run_exact_amount, 0) as exact_amount
        from (
            select
                x.investor_id,
                x.fee_id,
                x.gross_amount,
                x.exact_amount,
                sum(x.gross_amount) over (partition by x.fee_id) as run_amount,
                sum(x.exact_amount) over (partition by x.fee_id) as run_exact_amount
            from fund.fee_line as x
            inner join fund.event as e on x.fund_id = e.fund_id and x.event_id = e.event_id
            where
                x.fund_id = p_fund_id
                and (p_before_number is null or e.event_number < p_before_number)
        ) as l
        group by l.fee_id, l.investor_id, l.run_amount, l.run_exact_amount
    ) as f
    group by f.investor_id
$$;

comment on function fund.fee_so_far(uuid, bigint) is
'One row per partner with accruals of the management fee, by events before p_before_number (null: '
'all): its share of their gross amounts, exact and as it was rounded, in the fund''s currency.';
grant execute on function fund.fee_so_far(uuid, bigint) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
