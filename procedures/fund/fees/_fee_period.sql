-- The days that an accrual of the management fee is for. They follow those of the last one, the
-- first time from the first close on, and end with the fee period of the calendar unless they are
-- asked to end before. Where other books were kept before these, the first accrual begins later.
create or replace function fund._fee_period(
    p_fund_id uuid,
    p_request jsonb,
    out from_on date,
    out to_on date
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_first_close_on date := fund._first_close_on(p_fund_id);
    v_accrued_until date := fund._fee_accrued_until(p_fund_id);
    v_months integer;
    v_period_ends_on date;
begin
    perform fund.check_fields(p_request, array['from_on', 'to_on']);
    if v_first_close_on is null then
        raise exception using
            errcode = 'QB409',
            constraint = 'fee_needs_a_close',
            column = 'from_on',
            message = 'The fund has no partners yet.',
            hint = 'Record the first close.';
    end if;

    from_on := fund._read_day(
        p_request, 'from_on', coalesce(v_accrued_until, v_first_close_on)
    );
    if from_on < v_accrued_until then
        raise exception using
            errcode = 'QB409',
            constraint = 'fee_period_is_free',
            column = 'from_on',
            message = 'The fee of these days is accrued already.',
            detail = format('Accrued up to %s.', v_accrued_until - 1),
            hint = 'Leave from_on out for the next period, or reverse the last accrual first.';
    elsif from_on > v_accrued_until then
        raise exception using
            errcode = 'QB409',
            constraint = 'fee_periods_leave_no_gap',
            column = 'from_on',
            message = 'The fee of days before these is not accrued.',
            detail = format('Accrued up to %s.', v_accrued_until - 1),
            hint = 'Leave from_on out for the next period.';
    elsif from_on < v_first_close_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'fee_begins_with_first_close',
            column = 'from_on',
            message = 'The fund has no partners on these days.',
            detail = format('The first close was on %s.', v_first_close_on),
            hint = 'Leave from_on out to begin with the first close.';
    end if;

    select t.fee_period_months
    into v_months
    from fund._terms_on(p_fund_id, from_on) as t;
    v_period_ends_on := date_trunc('year', from_on::timestamp) + make_interval(
        months => v_months * (1 + (extract(month from from_on)::integer - 1) / v_months)
    );
    to_on := fund._read_day(p_request, 'to_on', v_period_ends_on);
    if to_on <= from_on or to_on > v_period_ends_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'fee_period_within_terms',
            column = 'to_on',
            message = 'These days are not within one fee period.',
            detail = format('From %s it ends before %s.', from_on, v_period_ends_on),
            hint = 'Leave to_on out for the whole period.';
    end if;
end
$$;

comment on function fund._fee_period(uuid, jsonb) is
'First day, and first day after, of the accrual that p_request {from_on, to_on} asks for. Raises '
'QB409 fee_needs_a_close, fee_period_is_free, fee_periods_leave_no_gap, terms_cover_the_day, '
'QB400 fee_begins_with_first_close, fee_period_within_terms, day_is_readable, unknown_field.';
