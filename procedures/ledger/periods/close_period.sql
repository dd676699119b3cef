-- Closes a period: from then on nothing is posted to its days.
create or replace function ledger.close_period(
    p_fund_id uuid,
    p_last_on date
)
returns ledger.period
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_period ledger.period;
begin
    -- Before any period: whoever posts holds this lock, and no other.
    perform ledger.lock_book(p_fund_id);
    -- A period nothing was ever posted to may be missing; one that is not over is not made for
    -- this.
    perform ledger.add_periods(p_fund_id, least(p_last_on, ops.today()));

    update ledger.period as p
    set is_closed = true
    where p.fund_id = p_fund_id and p.last_on = p_last_on
    returning p.* into v_period;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'period_not_found',
            column = 'last_on',
            message = 'No period of these books ends on this day.',
            hint = 'ledger.period lists the periods with their last days.';
    end if;
    return v_period;
end
$$;

comment on function ledger.close_period(uuid, date) is
'Closes the period that ends on p_last_on and returns it; waits for entries being posted to the '
'fund. There is no way back. Raises QB404 books_not_found, period_not_found, QB409 '
'closed_period_stays_closed, period_is_over, periods_close_in_order, nav_is_current.';
grant execute on function ledger.close_period(uuid, date) to qb_admin, qb_editor, qb_editor_scoped;
