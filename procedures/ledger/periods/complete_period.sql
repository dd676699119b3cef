-- A new period begins where the last one ended, and is as long as the book says: no day is in two
-- periods or in none.
create or replace function ledger.complete_period()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_book ledger.book := ledger.lock_book(new.fund_id);
    v_next_on date := (
        select coalesce(max(p.last_on) + 1, v_book.first_on)
        from ledger.period as p
        where p.fund_id = new.fund_id
    );
begin
    if new.first_on is distinct from v_next_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'periods_leave_no_gap',
            column = 'first_on',
            message = 'A period begins where the one before it ended.',
            detail = format('The next one begins on %s.', v_next_on),
            hint = 'Periods are made by posting; there is no need to add them.';
    end if;
    new.last_on := (new.first_on + make_interval(months => v_book.period_months))::date - 1;
    return new;
end
$$;

comment on function ledger.complete_period() is
'Trigger _200_complete on ledger.period: sets last_on. Raises QB400 periods_leave_no_gap, what '
'ledger.lock_book raises.';
