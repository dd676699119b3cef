-- Once results are partners' capital, those that are by the day of a close are shared anew by the
-- commitments after it: the capital of every partner is what it would be. Later results wait for
-- the next net asset value. The rows stand with the last one, whose amount they do not change.
create or replace function fund._true_up_results(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_nav_id uuid;
begin
    select n.event_id
    into v_nav_id
    from fund.nav as n
    inner join fund.event as e on n.fund_id = e.fund_id and n.event_id = e.event_id
    where
        n.fund_id = p_event.fund_id
        and n.as_of <= p_event.event_on
        and not exists (
            select
            from fund.event as r
            where r.fund_id = n.fund_id and r.reverses_event_id = n.event_id
        )
    order by n.as_of desc, e.event_number desc
    limit 1;
    if not found then
        return;
    end if;

    insert into fund.nav_line (
        fund_id, event_id, event_on, line_number, nav_id, investor_id, result_amount, nav_amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by i.investor_code collate "C"),
        v_nav_id,
        a.investor_id,
        a.result_amount,
        0
    from fund._allocate_result(p_event, p_event.event_on) as a
    inner join fund.investor as i on a.investor_id = i.investor_id
    where a.result_amount <> 0;
end
$$;

comment on function fund._true_up_results(fund.event) is
'Allocates the results anew that were allocated by the day of a close, less its fee. Raises '
'what fund._allocate_result raises.';
