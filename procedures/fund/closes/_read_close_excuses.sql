-- Whom a close excuses from which earlier calls.
create or replace function fund._read_close_excuses(
    p_event fund.event
)
returns table (investor_id uuid, call_id uuid, reason text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_sent jsonb;
begin
    if jsonb_typeof(coalesce(p_event.request -> 'excuses', '[]')) <> 'array' then
        raise exception using
            errcode = 'QB400',
            constraint = 'excuses_are_a_list',
            column = 'excuses',
            message = 'The excuses are not a list.',
            hint = 'Send excuses: [{"investor": "LP-03", "call": 2, "reason": "tobacco"}].';
    end if;

    for v_sent in
        select s.sent
        from jsonb_array_elements(coalesce(p_event.request -> 'excuses', '[]')) as s (sent)
    loop
        perform fund.check_fields(v_sent, array['investor', 'call', 'reason']);
        investor_id := fund._read_investor(p_event.fund_id, v_sent);
        reason := v_sent ->> 'reason';
        if not exists (
            select
            from fund.commitment_line as l
            where
                l.fund_id = p_event.fund_id
                and l.event_id = p_event.event_id
                and l.investor_id = _read_close_excuses.investor_id
        ) then
            raise exception using
                errcode = 'QB400',
                constraint = 'excused_is_admitted',
                column = 'investor',
                message = 'This close asks nothing of the investor.',
                detail = v_sent ->> 'investor',
                hint = 'Excuse only whom commitments names.';
        end if;

        select c.event_id
        into call_id
        from fund.capital_call as c
        inner join fund.event as e on c.fund_id = e.fund_id and c.event_id = e.event_id
        where
            c.fund_id = p_event.fund_id
            and e.kind = 'capital_call'
            and v_sent ->> 'call' in (c.event_id::text, c.call_number::text)
            and not exists (
                select
                from fund.event as r
                where r.fund_id = c.fund_id and r.reverses_event_id = c.event_id
            );
        if not found then
            raise exception using
                errcode = 'QB400',
                constraint = 'call_unknown',
                column = 'call',
                message = 'The fund has no such call.',
                detail = coalesce(left(v_sent ->> 'call', 60), ''),
                hint = 'Send the number or the call_id of an earlier call.';
        end if;
        return next;
    end loop;
end
$$;

comment on function fund._read_close_excuses(fund.event) is
'One row per investor and earlier call that the request of a close excuses it from. Raises QB400 '
'excuses_are_a_list, excused_is_admitted, call_unknown, and what fund.check_fields and '
'fund._read_investor raise.';
