-- Why a partner owes this much of an accrual of the management fee: which days, at what rate, on
-- what base, which part of a year; how its cents fell; and what was taken off. Null when there is
-- no such line.
create or replace function fund.explain_fee(
    p_fund_id uuid,
    p_fee_id uuid,
    p_investor_id uuid
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
    select
        jsonb_build_object(
            'fee_id', l.fee_id,
            'investor_id', l.investor_id,
            'investor_code', i.investor_code,
            'run_kind', r.run_kind,
            'from_on', r.from_on,
            'to_on', r.to_on,
            'segments', (
                select
                    jsonb_agg(
                        to_jsonb(s) - 'fund_id' - 'event_id' - 'investor_id'
                        order by s.segment_number
                    )
                from fund.fee_segment as s
                where
                    s.fund_id = l.fund_id
                    and s.event_id = l.fee_id
                    and s.investor_id = l.investor_id
            ),
            'exact_amount', l.exact_amount,
            'rounding', jsonb_build_object(
                'run_exact_amount', a.run_exact_amount,
                'run_amount', r.gross_amount,
                'exact_before', coalesce(b.exact_amount, 0),
                'amount_before', coalesce(b.gross_amount, 0),
                'exact_share', round(
                    l.exact_amount * r.gross_amount / nullif(a.run_exact_amount, 0), 20
                )
            ),
            'gross_amount', l.gross_amount,
            'waived_amount', l.waived_amount,
            'rebated_amount', l.rebated_amount,
            'offset_amount', l.offset_amount,
            'net_amount', l.net_amount,
            'reductions', (
                select
                    coalesce(
                        jsonb_agg(
                            jsonb_build_object(
                                'adjustment_id', x.adjustment_id,
                                'kind', d.kind,
                                'is_for_all', d.investor_id is null,
                                'from_on', d.from_on,
                                'to_on', d.to_on,
                                'share', d.share,
                                'amount', d.amount,
                                'memo', d.memo,
                                'run_amount', x.amount
                            )
                            order by d.kind, d.from_on, x.adjustment_id
                        ),
                        '[]'
                    )
                from fund.fee_reduction as x
                inner join fund.fee_adjustment as d
                    on x.fund_id = d.fund_id and x.adjustment_id = d.event_id
                where
                    x.fund_id = l.fund_id
                    and x.event_id = l.fee_id
                    and (d.investor_id is null or d.investor_id = l.investor_id)
            ),
            -- By transfers and reversals since.
            'net_amount_now', a.net_amount
        )
    from fund.fee_line as l
    inner join fund.fee_run as r on l.fund_id = r.fund_id and l.fee_id = r.event_id
    inner join fund.event as e on l.fund_id = e.fund_id and l.fee_id = e.event_id
    inner join fund.investor as i on l.investor_id = i.investor_id
    cross join lateral (
        select
            sum(x.exact_amount) filter (where x.event_id = x.fee_id) as run_exact_amount,
            sum(x.net_amount) filter (where x.investor_id = l.investor_id) as net_amount
        from fund.fee_line as x
        where x.fund_id = l.fund_id and x.fee_id = l.fee_id
    ) as a
    left join fund.fee_so_far(l.fund_id, e.event_number) as b on l.investor_id = b.investor_id
    where
        l.fund_id = p_fund_id
        and l.fee_id = p_fee_id
        and l.event_id = p_fee_id
        and l.investor_id = p_investor_id
$$;

comment on function fund.explain_fee(uuid, uuid, uuid) is
'A partner''s part of the accrual p_fee_id as JSON: segments (base_amount x fee_rate x '
'year_fraction = exact_amount), rounding (the gross amount keeps amount_before + gross_amount '
'within a cent of exact_before + exact_share), gross less waived, rebated and offset, the '
'adjustments with what each took of the whole accrual, and what is left of it now. Null when the '
'reader sees none.';
grant execute on function fund.explain_fee(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
