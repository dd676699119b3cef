-- Posts the legs of a close: contributions of who came later, what goes back to who was there, and
-- distributions that pass from one to the other; those not paid yet will be paid so.
create or replace function fund._post_rebalancing(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_moved record;
    v_later record;
begin
    select
        jsonb_build_object('account', '1000', 'debit', sum(r.paid_in))
        || jsonb_agg(
            jsonb_build_object('account', '3000', 'partner_id', r.investor_id, 'credit', r.paid_in)
            order by r.investor_code collate "C"
        ) as paid_in,
        jsonb_agg(
            jsonb_build_object(
                'account', '3000', 'partner_id', r.investor_id, 'debit', r.less_called
            )
            order by r.investor_code collate "C"
        )
        || jsonb_agg(
            jsonb_build_object(
                'account', '1100', 'partner_id', r.investor_id,
                'credit', r.less_called - r.paid_back
            )
            order by r.investor_code collate "C"
        )
        || jsonb_agg(
            jsonb_build_object(
                'account', '2100', 'partner_id', r.investor_id, 'credit', r.paid_back
            )
            order by r.investor_code collate "C"
        ) as less_called,
        jsonb_agg(
            jsonb_build_object('account', '2100', 'partner_id', r.investor_id, 'debit', r.paid_back)
            order by r.investor_code collate "C"
        )
        || jsonb_build_object('account', '1000', 'credit', sum(r.paid_back)) as paid_back,
        jsonb_agg(
            jsonb_build_object(
                'account', '3100', 'partner_id', r.investor_id, 'debit', r.distributed
            )
            order by r.investor_code collate "C"
        )
        || jsonb_agg(
            jsonb_build_object(
                'account', '2300', 'partner_id', r.investor_id, 'credit', r.distributed_later
            )
            order by r.investor_code collate "C"
        ) as distributed
    into v_moved
    from fund._rebalanced_amounts(p_event) as r;

    perform fund._post(
        p_event,
        'catch_up',
        p_event.event_on,
        'Earlier calls, paid by who joins now',
        v_moved.paid_in
    );
    perform fund._post(
        p_event,
        'rebalancing',
        p_event.event_on,
        'Less called of earlier partners: not paid yet, or due to them',
        v_moved.less_called
    );
    perform fund._post(
        p_event,
        'rebalancing',
        p_event.event_on,
        'Paid back to earlier partners',
        v_moved.paid_back
    );
    perform fund._post(
        p_event,
        'rebalancing',
        p_event.event_on,
        'Earlier distributions, shared with who joins now',
        v_moved.distributed
    );

    for v_later in
        select
            l.flow_on,
            jsonb_agg(
                jsonb_build_object(
                    'account', '2300', 'partner_id', l.investor_id, 'debit', l.amount
                )
                order by l.line_number
            ) as lines
        from fund.distribution_line as l
        where
            l.fund_id = p_event.fund_id
            and l.event_on = p_event.event_on
            and l.event_id = p_event.event_id
            and l.flow_on > l.event_on
        group by l.flow_on
    loop
        perform fund._post(
            p_event,
            'distribution_payment',
            v_later.flow_on,
            'A distribution declared before the close, paid to who has it now',
            v_later.lines
        );
    end loop;
end
$$;

comment on function fund._post_rebalancing(fund.event) is
'Posts what a close moved, on its day; distributions that are paid later on the day of their '
'payment. Raises what fund._post raises.';
