-- Makes the result up to a day the partners' capital, or by a close shares anew what is: what their
-- parts of it differ by from what was allocated before is booked.
create or replace function fund._allocate_result(
    p_event fund.event,
    p_day date
)
returns table (investor_id uuid, weight numeric, result_amount numeric)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_lines jsonb;
begin
    select jsonb_agg(
        jsonb_build_object(
            'investor_id', s.investor_id,
            'weight', s.weight,
            'result_amount', s.result_amount - s.allocated_amount
        )
        order by i.investor_code collate "C"
    )
    into v_lines
    from fund._result_shares(
        p_event.fund_id, p_day, case p_event.kind when 'close' then p_event.event_id end
    ) as s
    inner join fund.investor as i on s.investor_id = i.investor_id;

    return query
    select l.investor_id, l.weight, l.result_amount
    from jsonb_to_recordset(v_lines) as l (
        investor_id uuid, weight numeric, result_amount numeric
    );

    perform fund._post(
        p_event,
        'result_allocation',
        p_day,
        null,
        (
            select
                jsonb_build_object('account', '3590', 'debit', sum(l.result_amount))
                || jsonb_agg(
                    jsonb_build_object(
                        'account', '3500',
                        'partner_id', l.investor_id,
                        'credit', l.result_amount
                    )
                )
            from jsonb_to_recordset(v_lines) as l (investor_id uuid, result_amount numeric)
        )
    );
end
$$;

comment on function fund._allocate_result(fund.event, date) is
'Posts the allocation of the result up to p_day; returns each partner''s commitment then and what '
'it was allocated now. Raises what fund._result_shares and fund._post raise.';
