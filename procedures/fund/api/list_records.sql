-- GET below /v1/funds/{fund_id}: one page of one of a fund's lists. Which there are, and the day
-- that each is filtered and ordered by, stands here; who may read it, with its view.
create or replace function fund.list_records(
    p_fund_id uuid,
    p_list text,
    p_kind text default null,
    p_investor text default null,
    p_start_date date default null,
    p_end_date date default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/funds?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_list record;
begin
    select
        l.view_name::regclass as view_name,
        l.title,
        l.day,
        l.keys
    into v_list
    from (
        values
        ('events', 'fund.recorded_event', 'Events.', 'event_on', '{event_number}'),
        (
            'commitments', 'fund.commitment_record', 'Commitments.', 'last_changed_on',
            '{investor_code}'
        ),
        ('capital_calls', 'fund.capital_call_record', 'Capital calls.', 'due_on', '{call_number}'),
        (
            'payments', 'fund.payment_record', 'Payments.', 'received_on',
            '{received_on,payment_id}'
        ),
        ('closes', 'fund.close_record', 'Closes.', 'closed_on', '{close_number}'),
        (
            'transfers', 'fund.transfer_record', 'Transfers.', 'transferred_on',
            '{transferred_on,transfer_id}'
        ),
        ('fees', 'fund.fee_record', 'Management fees.', 'from_on', '{from_on,fee_id}'),
        (
            'distributions', 'fund.distribution_record', 'Distributions.', 'declared_on',
            '{distribution_number}'
        ),
        ('nav', 'fund.nav_record', 'Net asset values.', 'as_of', '{as_of,nav_id}'),
        (
            'cash_flows', 'fund.cash_flow_record', 'Cash flows.', 'flow_on',
            '{flow_on,investor_code,event_id,kind,line_number}'
        )
    ) as l (list_name, view_name, title, day, keys)
    where l.list_name = p_list;
    if not found then
        raise exception using
            errcode = 'QB400',
            constraint = 'list_unknown',
            column = 'list',
            message = 'A fund has no such list.',
            detail = coalesce(left(p_list, 60), ''),
            hint = 'Use events, commitments, capital_calls, payments, closes, transfers, fees, '
            || 'distributions, nav or cash_flows.';
    end if;

    perform fund.require_fund(p_fund_id);
    return query execute format(
        'with matching as ('
        'select r.* from %1$s as r where r.fund_id = $1 %2$s '
        'and ($3 is null or r.%3$I >= $3) and ($4 is null or r.%3$I <= $4)) '
        'select 200, null::text, ops.list_body($5, ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %4$s limit $6 offset $7) as p'
        '), (select count(*) from matching), $6, $7, $8)',
        v_list.view_name,
        case when p_kind is not null then 'and r.kind = $2 ' else '' end
        || case
            when p_investor is not null
                then 'and (r.investor_code = $9 or r.investor_id::text = lower($9))'
            else ''
        end,
        v_list.day,
        ops.sort_clause(v_list.view_name, p_sort, v_list.keys::text[])
    )
    using
        p_fund_id,
        p_kind,
        p_start_date,
        p_end_date,
        v_list.title,
        p_limit,
        p_offset,
        p_link,
        p_investor;
end
$$;

comment on function fund.list_records(
    uuid, text, text, text, date, date, text, integer, integer, text
) is
'One page of p_list of a fund: events, commitments, capital_calls, payments, closes, transfers, '
'fees, distributions, nav, cash_flows; by kind (events, cash_flows), investor (code or id; '
'commitments, payments, cash_flows) and the list''s own day, both ends included; ordered by '
'p_sort, then by its number or day. Raises QB400 list_unknown, sort_unknown, QB404 '
'fund_not_found.';
grant execute on function fund.list_records(
    uuid, text, text, text, date, date, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
