-- The event itself, before what it does: its number, author and day. What changes shares (a close,
-- a transfer, a call, a default, a distribution) comes in the order of its days, so that what stood
-- on a day is what had been recorded by then.
create or replace function fund._begin_event(
    p_fund_id uuid,
    p_kind text,
    p_request jsonb,
    p_key text
)
returns fund.event
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_event fund.event;
    v_last fund.event;
    v_closed_on date;
    v_event_on date := fund._event_day(p_fund_id, p_kind, p_request);
begin
    if fund._is_structural(p_kind) then
        select e.*
        into v_last
        from fund.event as e
        where
            e.fund_id = p_fund_id
            and fund._is_structural(e.kind)
            and not exists (
                select
                from fund.event as r
                where r.fund_id = e.fund_id and r.reverses_event_id = e.event_id
            )
        order by e.event_number desc
        limit 1;
        if v_event_on < v_last.event_on then
            raise exception using
                errcode = 'QB409',
                constraint = 'event_in_order_of_days',
                column = fund._day_field(p_kind),
                message = 'Something later was recorded already.',
                detail = format(
                    'Event %s, %s, is of %s.', v_last.event_number, v_last.kind, v_last.event_on
                ),
                hint = 'Use that day or a later one, or reverse the later event first.';
        end if;
    end if;

    -- As of entries, and also of what posts nothing, such as a commitment: no slip of the year, and
    -- shares of closed days stay as reported. What is taken off a fee is posted with the fee.
    if v_event_on > ops.today() + interval '10 years' then
        raise exception using
            errcode = 'QB400',
            constraint = 'entry_within_ten_years',
            column = fund._day_field(p_kind),
            message = 'This day is more than ten years ahead.',
            detail = v_event_on::text,
            hint = 'Check the year.';
    elsif fund._day_field(p_kind) is not null and p_kind <> 'fee_adjustment' then
        select max(p.last_on)
        into v_closed_on
        from ledger.period as p
        where p.fund_id = p_fund_id and p.is_closed;
        if v_event_on <= v_closed_on then
            raise exception using
                errcode = 'QB409',
                constraint = 'entry_in_open_period',
                column = fund._day_field(p_kind),
                message = 'The period is closed.',
                detail = format('Closed up to %s.', v_closed_on),
                hint = format('Use %s, the first open day, or later.', v_closed_on + 1);
        end if;
    end if;

    insert into fund.event (
        fund_id, event_number, kind, event_on, event_key, request, reverses_event_id, recorded_at,
        recorded_by
    )
    values (
        p_fund_id,
        1 + coalesce(
            (select max(e.event_number) from fund.event as e where e.fund_id = p_fund_id), 0
        ),
        p_kind,
        v_event_on,
        p_key,
        p_request,
        case when p_kind = 'reversal' then (p_request ->> 'event_id')::uuid end,
        ops.now(),
        security.author_id()
    )
    returning * into v_event;
    return v_event;
end
$$;

comment on function fund._begin_event(uuid, text, jsonb, text) is
'Inserts an event and returns it. Raises QB409 event_in_order_of_days, entry_in_open_period, QB400 '
'entry_within_ten_years, what fund._event_day raises, and constraints of fund.event.';
