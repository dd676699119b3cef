-- Who takes no part in a call, and why.
create or replace function fund._read_excuses(
    p_fund_id uuid,
    p_request jsonb
)
returns table (investor_id uuid, reason text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_excuses jsonb := coalesce(nullif(p_request -> 'excuses', 'null'), '[]');
    v_excuse jsonb;
begin
    if jsonb_typeof(v_excuses) <> 'array' then
        raise exception using
            errcode = 'QB400',
            constraint = 'excuses_are_readable',
            column = 'excuses',
            message = 'excuses is not a list.',
            hint = 'Send [{"investor": "LP-03", "reason": "Side letter"}].';
    end if;
    for v_excuse in select x.excuse from jsonb_array_elements(v_excuses) as x (excuse) loop
        perform fund.check_fields(v_excuse, array['investor', 'reason']);
        investor_id := fund._read_partner(p_fund_id, v_excuse);
        reason := v_excuse ->> 'reason';
        return next;
    end loop;
end
$$;

comment on function fund._read_excuses(uuid, jsonb) is
'One row per partner that p_request excuses: [{investor, reason}] under excuses. Raises QB400 '
'excuses_are_readable, unknown_field, required, partner_unknown.';
