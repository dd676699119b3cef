-- The one change of a period is that it is closed: in order, when it is over, for good. Who did it
-- and when is written here, whoever closes it.
create or replace function ledger.check_close()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_open_on date;
begin
    perform ledger.lock_book(old.fund_id);
    if old.is_closed or not new.is_closed then
        raise exception using
            errcode = 'QB409',
            constraint = 'closed_period_stays_closed',
            column = 'is_closed',
            message = 'A closed period is not closed or opened again.',
            detail = format('%s to %s', old.first_on, old.last_on),
            hint = 'Post what it lacks to the next open period; reverse there what is wrong in it.';
    elsif new.last_on >= ops.today() then
        raise exception using
            errcode = 'QB409',
            constraint = 'period_is_over',
            column = 'last_on',
            message = 'A period is closed after its last day.',
            detail = format('%s to %s', old.first_on, old.last_on),
            hint = 'Close it when it is over.';
    end if;

    select min(p.first_on)
    into v_open_on
    from ledger.period as p
    where p.fund_id = old.fund_id and p.first_on < old.first_on and not p.is_closed;
    if v_open_on is not null then
        raise exception using
            errcode = 'QB409',
            constraint = 'periods_close_in_order',
            column = 'last_on',
            message = 'An earlier period is still open.',
            detail = format('The period that begins on %s.', v_open_on),
            hint = 'Close the earlier ones first.';
    end if;

    new.closed_at := ops.now();
    new.closed_by := security.author_id();
    return new;
end
$$;

comment on function ledger.check_close() is
'Trigger _300_check on ledger.period: stamps the closing. Raises QB409 closed_period_stays_closed, '
'period_is_over, periods_close_in_order, what ledger.lock_book raises.';
