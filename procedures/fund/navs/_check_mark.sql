-- Net asset value is struck at the end of a quarter of the fund's own year, one after the other:
-- what a later one stands on is not changed under it. The same day can be marked again.
create or replace function fund._check_mark(
    p_event fund.event
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_first_on date;
    v_months numeric;
    v_last_on date;
begin
    select b.first_on into v_first_on from ledger.book as b where b.fund_id = p_event.fund_id;
    v_months := 12 * (
        extract(year from p_event.event_on + 1) - extract(year from v_first_on)
    ) + extract(month from p_event.event_on + 1) - extract(month from v_first_on);
    if
        extract(day from p_event.event_on + 1) <> 1
        or v_months % 3 <> 0
        or p_event.event_on < v_first_on
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'nav_at_quarter_end',
            column = 'as_of',
            message = 'This is not the last day of a quarter of the fund''s books.',
            detail = format('%s; the books begin on %s.', p_event.event_on, v_first_on),
            hint = 'Send the last day of a quarter, such as 2025-06-30.';
    end if;

    select max(n.as_of)
    into v_last_on
    from fund.nav as n
    where
        n.fund_id = p_event.fund_id
        and not exists (
            select
            from fund.event as r
            where r.fund_id = n.fund_id and r.reverses_event_id = n.event_id
        );
    if p_event.event_on < v_last_on then
        raise exception using
            errcode = 'QB409',
            constraint = 'nav_in_order_of_days',
            column = 'as_of',
            message = 'A later net asset value was recorded already.',
            detail = v_last_on::text,
            hint = 'Mark that day or a later one, or reverse the later net asset value first.';
    end if;
end
$$;

comment on function fund._check_mark(fund.event) is
'Refuses a day that is not a quarter''s last, or is before the last mark. Raises QB400 '
'nav_at_quarter_end, QB409 nav_in_order_of_days.';
