-- Posts the interest of a close. What goes to other partners, or to the manager, passes through;
-- what the terms give the fund is its income; interest on fees is always the manager's.
create or replace function fund._post_true_up(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_recipient text := (
        fund._terms_on(p_event.fund_id, p_event.event_on)
    ).true_up_recipient;
    v_to_manager numeric;
    v_to_fund numeric;
begin
    select
        coalesce(
            sum(t.amount) filter (
                where t.charged_for = 'management_fee' or v_recipient = 'manager'
            ),
            0
        ),
        coalesce(
            sum(t.amount) filter (
                where t.charged_for <> 'management_fee' and v_recipient = 'fund'
            ),
            0
        )
    into v_to_manager, v_to_fund
    from fund.true_up_interest as t
    where
        t.fund_id = p_event.fund_id
        and t.event_on = p_event.event_on
        and t.event_id = p_event.event_id;

    if v_recipient = 'earlier_partners' then
        perform fund._post_interest_passed_on(p_event);
    end if;
    perform fund._post(
        p_event,
        'true_up_interest',
        p_event.event_on,
        'Interest of later partners, income of the fund',
        jsonb_build_array(
            jsonb_build_object('account', '1000', 'debit', v_to_fund),
            jsonb_build_object('account', '4300', 'credit', v_to_fund)
        )
    );
    perform fund._post(
        p_event,
        'true_up_interest',
        p_event.event_on,
        'Interest of later partners for the manager',
        jsonb_build_array(
            jsonb_build_object('account', '1000', 'debit', v_to_manager),
            jsonb_build_object('account', '2200', 'credit', v_to_manager)
        )
    );
    perform fund._post(
        p_event,
        'true_up_interest',
        p_event.event_on,
        'Passed on to the manager',
        jsonb_build_array(
            jsonb_build_object('account', '2200', 'debit', v_to_manager),
            jsonb_build_object('account', '1000', 'credit', v_to_manager)
        )
    );
end
$$;

comment on function fund._post_true_up(fund.event) is
'Posts the interest that a close charged. Raises what fund._post raises.';
