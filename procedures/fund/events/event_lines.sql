-- The rows that an event wrote for partners, by table; tables without any are left out. They are
-- put together as text: jsonb copies the tens of thousands of rows of a close at each level.
create or replace function fund.event_lines(
    p_fund_id uuid,
    p_event_id uuid
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
    select coalesce(
        json_object_agg(t.table_name, t.lines) filter (where t.lines is not null), '{}'
    )::jsonb
    from fund.event as e
    cross join lateral (
        select
            'commitment_line' as table_name,
            json_agg(l order by l.line_number) as lines
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.amount
            from fund.commitment_line as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
        union all
        select
            'capital_call_line',
            json_agg(l order by l.line_number)
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.call_id, x.reason, x.weight,
                x.exact_amount, x.capital_amount, x.fee_amount, x.exact_fee_amount, x.is_excused,
                x.memo
            from fund.capital_call_line as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
        union all
        select
            'payment_line',
            json_agg(l order by l.line_number)
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.call_id, x.applied_to, x.reason,
                x.flow_on, x.amount
            from fund.payment_line as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
        union all
        select
            'late_interest',
            json_agg(l order by l.line_number)
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.call_id, x.late_amount, x.from_on,
                x.to_on, x.annual_rate, x.exact_amount, x.amount
            from fund.late_interest as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
        union all
        select
            'true_up_interest',
            json_agg(l order by l.line_number)
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.subject_id, x.charged_for,
                x.principal, x.from_on, x.to_on, x.annual_rate, x.exact_amount, x.amount
            from fund.true_up_interest as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
        union all
        select
            'fee_line',
            json_agg(l order by l.line_number)
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.fee_id, x.exact_amount,
                x.gross_amount, x.waived_amount, x.rebated_amount, x.offset_amount, x.net_amount
            from fund.fee_line as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
        union all
        select
            'fee_segment',
            json_agg(l order by l.investor_code, l.segment_number)
        from (
            select
                x.investor_id, i.investor_code, x.segment_number, x.from_on, x.to_on, x.fee_rate,
                x.fee_base, x.base_amount, x.day_count, x.year_fraction, x.exact_amount
            from fund.fee_segment as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_id = e.event_id
        ) as l
        union all
        select
            'fee_reduction',
            json_agg(
                json_build_object(
                    'kind', a.kind, 'adjustment_id', x.adjustment_id, 'amount', x.amount
                )
                order by a.kind, a.from_on, x.adjustment_id
            )
        from fund.fee_reduction as x
        inner join fund.fee_adjustment as a
            on x.fund_id = a.fund_id and x.adjustment_id = a.event_id
        where x.fund_id = e.fund_id and x.event_id = e.event_id
        union all
        select
            'distribution_line',
            json_agg(l order by l.line_number)
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.distribution_id, x.reason,
                x.flow_on, x.weight, x.exact_amount, x.amount, x.recallable_amount
            from fund.distribution_line as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
        union all
        select
            'nav_line',
            json_agg(l order by l.line_number)
        from (
            select
                x.line_number, x.investor_id, i.investor_code, x.nav_id, x.result_amount,
                x.nav_amount
            from fund.nav_line as x
            inner join fund.investor as i on x.investor_id = i.investor_id
            where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        ) as l
    ) as t
    where e.fund_id = p_fund_id and e.event_id = p_event_id
$$;

comment on function fund.event_lines(uuid, uuid) is
'The rows of an event as one JSON object: name of the table to its rows, each with the partner''s '
'investor_code; what reduced a fee with the kind of adjustment.';
grant execute on function fund.event_lines(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
