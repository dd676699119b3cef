-- A partner of the fund in a request, by the investor's code or id.
create or replace function fund._read_partner(
    p_fund_id uuid,
    p_request jsonb,
    p_field text default 'investor'
)
returns uuid
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_text text := p_request ->> p_field;
    v_investor_id uuid;
begin
    if v_text is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = p_field,
            message = format('%s is required.', p_field),
            hint = 'Send the code or the investor_id of a partner of the fund.';
    end if;
    select i.investor_id
    into v_investor_id
    from fund.investor as i
    inner join fund.commitment as c on i.investor_id = c.investor_id
    where
        c.fund_id = p_fund_id
        and (i.investor_code = v_text or i.investor_id::text = lower(v_text))
    -- An id is an id, whatever somebody's code looks like.
    order by i.investor_id::text = lower(v_text) desc
    limit 1;
    if not found then
        raise exception using
            errcode = 'QB400',
            constraint = 'partner_unknown',
            column = p_field,
            message = 'The fund has no such partner.',
            detail = left(v_text, 60),
            hint = 'GET /v1/funds/{id}/commitments lists the fund''s partners.';
    end if;
    return v_investor_id;
end
$$;

comment on function fund._read_partner(uuid, jsonb, text) is
'investor_id of the partner that p_request names under p_field, by code or id. Raises QB400 '
'required, partner_unknown.';
