-- The close itself: new partners, and what all of them have committed.
create or replace function fund._admit_partners(
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
        -- A close that was taken back has given its number back.
        1 + (
            select count(*)
            from fund.close as c
            where
                c.fund_id = p_event.fund_id
                and not exists (
                    select
                    from fund.event as r
                    where r.fund_id = c.fund_id and r.reverses_event_id = c.event_id
                )
        ),
        p_event.event_on,
        p_event.request ->> 'memo'
    );

    with
    admission as materialized (
        select a.investor_id, a.investor_class, a.amount
        from fund._read_admissions(p_event) as a
    ),

    admitted as (
        insert into fund.commitment (fund_id, investor_id, investor_class)
        select p_event.fund_id, a.investor_id, a.investor_class
        from admission as a
        on conflict (fund_id, investor_id) do update
        set investor_class = excluded.investor_class
        where commitment.investor_class <> excluded.investor_class
    )

    insert into fund.commitment_line (
        fund_id, event_id, event_on, line_number, investor_id, amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by i.investor_code collate "C"),
        a.investor_id,
        a.amount
    from admission as a
    inner join fund.investor as i on a.investor_id = i.investor_id;
end
$$;

comment on function fund._admit_partners(fund.event) is
'Writes a close, its new partners and commitments. Raises what fund._read_admissions raises.';
