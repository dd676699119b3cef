-- The day of an event in the books, from the field that says it, or reckoned.
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
    v_field text := fund._day_field(p_kind);
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
