-- A period is not closed over a net asset value that its books no longer show: nobody could mark
-- its day again.
create or replace function fund.check_navs_are_current()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_as_of date;
begin
    select min(n.as_of)
    into v_as_of
    from fund.nav as n
    where
        n.fund_id = new.fund_id
        and n.as_of between new.first_on and new.last_on
        and fund.nav_status(n.fund_id, n.event_id) = 'stale';
    if v_as_of is not null then
        raise exception using
            errcode = 'QB409',
            constraint = 'nav_is_current',
            column = 'last_on',
            message = 'The books no longer show the net asset value of a day in this period.',
            detail = format('What was posted since for days up to %s changed it.', v_as_of),
            hint = 'Mark that day again; reverse later net asset values first.';
    end if;
    return null;
end
$$;

comment on function fund.check_navs_are_current() is
'Trigger _400_check on ledger.period. Raises QB409 nav_is_current.';
