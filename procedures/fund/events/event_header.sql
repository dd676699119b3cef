-- The one row that an event of its kind has in the kind's own table.
create or replace function fund.event_header(
    p_fund_id uuid,
    p_event_id uuid
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
    select to_jsonb(h.header) - 'fund_id' - 'event_id'
    from (
        select to_jsonb(x) as header
        from fund.close as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
        union all
        select to_jsonb(x)
        from fund.transfer as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
        union all
        select to_jsonb(x)
        from fund.capital_call as x
        inner join fund.event as e on x.fund_id = e.fund_id and x.event_id = e.event_id
        -- A close that calls the fees of new partners is a close.
        where x.fund_id = p_fund_id and x.event_id = p_event_id and e.kind = 'capital_call'
        union all
        select to_jsonb(x)
        from fund.payment as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
        union all
        select to_jsonb(x)
        from fund.partner_default as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
        union all
        select to_jsonb(x)
        from fund.distribution as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
        union all
        select to_jsonb(x)
        from fund.fee_run as x
        inner join fund.event as e on x.fund_id = e.fund_id and x.event_id = e.event_id
        where x.fund_id = p_fund_id and x.event_id = p_event_id and e.kind = 'management_fee'
        union all
        select to_jsonb(x)
        from fund.fee_adjustment as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
        union all
        select to_jsonb(x)
        from fund.fee_payment as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
        union all
        select to_jsonb(x)
        from fund.nav as x
        where x.fund_id = p_fund_id and x.event_id = p_event_id
    ) as h
$$;

comment on function fund.event_header(uuid, uuid) is
'The row of an event in the table of its kind as JSON, without its keys; null for a reversal.';
grant execute on function fund.event_header(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
