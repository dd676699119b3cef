-- The day of an event in the books, from the field that says it.
create or replace function fund._event_day(
    p_fund_id uuid,
    p_kind text,
    p_request jsonb
)
returns date
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_field text := case p_kind
        when 'close' then 'closed_on'
        when 'transfer' then 'transferred_on'
        when 'capital_call' then 'notice_on'
        when 'payment' then 'received_on'
        when 'default' then 'declared_on'
        when 'distribution' then 'declared_on'
        when 'fee_adjustment' then 'from_on'
        when 'fee_payment' then 'paid_on'
        when 'nav' then 'as_of'
    end;
begin
    if v_field is not null then
        return fund._read_day(p_request, v_field);
    elsif p_kind = 'management_fee' then
        return fund._fee_day(p_fund_id, p_request);
    end if;
    return fund._reversal_day(p_fund_id, p_request);
end
$$;

comment on function fund._event_day(uuid, text, jsonb) is
'Day of an event of p_kind that p_request asks for. Raises QB400 what fund._read_day raises, and '
'what fund._fee_day and fund._reversal_day raise.';
