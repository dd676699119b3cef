-- The rows that an event wrote for partners, by table; tables without any are left out.
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
        jsonb_object_agg(t.table_name, t.lines) filter (where t.lines is not null), '{}'
    )
    from fund.event as e
    cross join lateral (
        select
            'commitment_line' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.commitment_line as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        union all
        select
            'capital_call_line' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.capital_call_line as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        union all
        select
            'payment_line' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.payment_line as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        union all
        select
            'late_interest' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.late_interest as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        union all
        select
            'true_up_interest' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.true_up_interest as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        union all
        select
            'fee_line' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.fee_line as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        union all
        select
            'fee_segment' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by i.investor_code, x.segment_number
            ) as lines
        from fund.fee_segment as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_id = e.event_id
        union all
        select
            'fee_reduction' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id') || jsonb_build_object('kind', a.kind)
                order by a.kind, a.from_on, x.adjustment_id
            ) as lines
        from fund.fee_reduction as x
        inner join fund.fee_adjustment as a
            on x.fund_id = a.fund_id and x.adjustment_id = a.event_id
        where x.fund_id = e.fund_id and x.event_id = e.event_id
        union all
        select
            'distribution_line' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.distribution_line as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
        union all
        select
            'nav_line' as table_name,
            jsonb_agg(
                (to_jsonb(x) - 'fund_id' - 'event_id' - 'event_on')
                || jsonb_build_object('investor_code', i.investor_code)
                order by x.line_number
            ) as lines
        from fund.nav_line as x
        inner join fund.investor as i on x.investor_id = i.investor_id
        where x.fund_id = e.fund_id and x.event_on = e.event_on and x.event_id = e.event_id
    ) as t
    where e.fund_id = p_fund_id and e.event_id = p_event_id
$$;

comment on function fund.event_lines(uuid, uuid) is
'The rows of an event as one JSON object: name of the table to its rows, each with the partner''s '
'investor_code; what reduced a fee with the kind of adjustment.';
grant execute on function fund.event_lines(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
