-- Interest between partners: what some pay is due to the others, and paid to them at once.
create or replace function fund._post_interest_passed_on(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_due jsonb;
    v_amount numeric;
begin
    select
        jsonb_agg(
            jsonb_build_object(
                'account', '2100', 'partner_id', x.investor_id, 'credit', -x.amount
            )
            order by i.investor_code collate "C"
        ),
        -sum(x.amount)
    into v_due, v_amount
    from (
        select
            t.investor_id,
            sum(t.amount) as amount
        from fund.true_up_interest as t
        where
            t.fund_id = p_event.fund_id
            and t.event_on = p_event.event_on
            and t.event_id = p_event.event_id
            and t.charged_for <> 'management_fee'
        group by t.investor_id
        -- Who gets more than he pays.
        having sum(t.amount) < 0
    ) as x
    inner join fund.investor as i on x.investor_id = i.investor_id;
    if v_amount is null then
        return;
    end if;

    perform fund._post(
        p_event,
        'true_up_interest',
        p_event.event_on,
        'Interest of later partners, due to earlier ones',
        jsonb_build_array(jsonb_build_object('account', '1000', 'debit', v_amount)) || v_due
    );
    perform fund._post(
        p_event,
        'true_up_interest',
        p_event.event_on,
        'Interest passed on to earlier partners',
        (
            select
                jsonb_agg(
                    jsonb_build_object(
                        'account', d.line ->> 'account', 'partner_id', d.line ->> 'partner_id',
                        'debit', (d.line ->> 'credit')::numeric
                    )
                    order by d.number
                )
            from jsonb_array_elements(v_due) with ordinality as d (line, number)
        )
        || jsonb_build_array(jsonb_build_object('account', '1000', 'credit', v_amount))
    );
end
$$;

comment on function fund._post_interest_passed_on(fund.event) is
'Posts the interest that partners pay to partners. Raises what fund._post raises.';
