-- Whom a close admits, or whose commitment it raises, and by how much: read from the request and
-- looked at as a whole, before anything is written.
create or replace function fund._read_admissions(
    p_event fund.event
)
returns table (investor_id uuid, investor_class text, amount numeric)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_sent jsonb;
    v_class text;
    v_is_partner boolean;
    v_seen uuid[] := '{}';
begin
    if
        jsonb_typeof(p_event.request -> 'commitments') is distinct from 'array'
        or p_event.request -> 'commitments' = '[]'
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'close_admits_somebody',
            column = 'commitments',
            message = 'A close has at least one commitment.',
            hint = 'Send commitments: [{"investor": "LP-03", "amount": 5000000}].';
    end if;

    for v_sent in
        select s.sent from jsonb_array_elements(p_event.request -> 'commitments') as s (sent)
    loop
        perform fund.check_fields(v_sent, array['investor', 'amount', 'investor_class']);
        investor_id := fund._read_investor(p_event.fund_id, v_sent);
        amount := fund._read_amount(v_sent, 'amount');
        select
            c.investor_class,
            exists (
                select
                from fund.commitment_line as l
                where
                    l.fund_id = c.fund_id
                    and l.investor_id = c.investor_id
                    and not exists (
                        select
                        from fund.event as r
                        where
                            r.fund_id = l.fund_id
                            and r.reverses_event_id is not null
                            and l.event_id in (r.event_id, r.reverses_event_id)
                    )
            )
        into v_class, v_is_partner
        from fund.commitment as c
        where c.fund_id = p_event.fund_id and c.investor_id = _read_admissions.investor_id;
        investor_class := coalesce(v_sent ->> 'investor_class', v_class, 'standard');

        if amount = 0 then
            raise exception using
                errcode = 'QB400',
                constraint = 'commitment_above_zero',
                column = 'amount',
                message = 'A commitment is above zero.',
                detail = v_sent ->> 'investor',
                hint = 'Send what the investor commits, or leave it out.';
        elsif investor_id = any(v_seen) then
            raise exception using
                errcode = 'QB400',
                constraint = 'investor_named_once',
                column = 'investor',
                message = 'The investor is named twice.',
                detail = v_sent ->> 'investor',
                hint = 'Send one commitment with the sum.';
        elsif investor_class <> v_class and v_is_partner then
            raise exception using
                errcode = 'QB409',
                constraint = 'investor_class_stands',
                column = 'investor_class',
                message = 'The partner is of another class already.',
                detail = v_class,
                hint = 'Leave investor_class out: a partner keeps its class.';
        elsif exists (
            select
            from fund._partners_in_default(p_event.fund_id) as d
            where d.investor_id = _read_admissions.investor_id
        ) then
            raise exception using
                errcode = 'QB409',
                constraint = 'partner_in_default',
                column = 'investor',
                message = 'The partner is in default.',
                detail = v_sent ->> 'investor',
                hint = 'Reverse its default first.';
        end if;
        v_seen := v_seen || investor_id;
        return next;
    end loop;
end
$$;

comment on function fund._read_admissions(fund.event) is
'One row per commitment that the request of a close asks for, with the partner''s class and the '
'amount to add. Raises QB400 close_admits_somebody, commitment_above_zero, investor_named_once, '
'QB409 investor_class_stands, partner_in_default, and what fund.check_fields, '
'fund._read_investor and fund._read_amount raise.';
