-- Admits partners on the day of a close, and raises the commitments of those who are there.
create or replace function fund._write_close(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    insert into fund.close (fund_id, event_id, close_number, closed_on, memo)
    values (
        p_event.fund_id,
        p_event.event_id,
        1 + (select count(*) from fund.close as c where c.fund_id = p_event.fund_id),
        p_event.event_on,
        p_event.request ->> 'memo'
    );

    insert into fund.commitment (fund_id, investor_id, investor_class)
    select
        p_event.fund_id,
        i.investor_id,
        coalesce(r.investor_class, 'standard')
    from jsonb_to_recordset(p_event.request -> 'commitments')
    as r (investor text, amount numeric, investor_class text)
    inner join fund.investor as i
        on i.investor_code = r.investor or i.investor_id::text = r.investor
    on conflict (fund_id, investor_id) do nothing;

    insert into fund.commitment_line (
        fund_id, event_id, event_on, line_number, investor_id, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by i.investor_code collate "C"),
        i.investor_id,
        r.amount
    from jsonb_to_recordset(p_event.request -> 'commitments')
    as r (investor text, amount numeric)
    inner join fund.investor as i
        on i.investor_code = r.investor or i.investor_id::text = r.investor;
end
$$;

comment on function fund._write_close(fund.event) is
'Writes a close: new partners and what was committed.';
