-- Net asset value is struck at the end of a quarter of the fund's own year, one after the other:
-- what a later one stands on is not changed under it. The same day can be marked again. It is of
-- all that the fund has: what the books hold in another currency would be left out.
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
    v_currencies text;
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

    select string_agg(m.currency, ', ' order by m.currency)
    into v_currencies
    from (
        select x.currency
        from ledger.movements(p_event.fund_id, '-infinity', p_event.event_on) as x
        inner join ledger.account as a
            on a.fund_id = p_event.fund_id and x.account_number = a.account_number
        inner join fund.fund as f on f.fund_id = p_event.fund_id and x.currency <> f.currency
        where a.kind in ('asset', 'liability')
        group by x.currency
        having sum(x.debit - x.credit) <> 0
    ) as m;
    if v_currencies is not null then
        raise exception using
            errcode = 'QB409',
            constraint = 'nav_in_one_currency',
            column = 'as_of',
            message = 'The books have assets or liabilities in another currency than the fund''s.',
            detail = v_currencies,
            hint = 'Post their exchange into the fund''s currency first.';
    end if;
end
$$;

comment on function fund._check_mark(fund.event) is
'Refuses a day that is not a quarter''s last, or is before the last mark, and books with net '
'assets in other currencies. Raises QB400 nav_at_quarter_end, QB409 nav_in_order_of_days, '
'nav_in_one_currency.';
